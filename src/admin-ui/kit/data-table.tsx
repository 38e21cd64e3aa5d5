import React, { type ReactNode } from 'react';

export interface Column<Row> {
  /** Also names the value on narrow screens, where each row becomes a block. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers are aligned at their last digit. */
  numeric?: boolean;
  /** For values that are hard to read when broken into two lines, such as times. */
  noWrap?: boolean;
  /** For names: broken only where there is no room for the whole word. */
  keepWords?: boolean;
}

/** Rows that can be chosen, by their keys. */
export interface Selection<Row> {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names the row, for those who hear only the box. */
  label: (row: Row) => string;
}

/**
 * A small table; see `Pager` for long lists. The first column names the row.
 *
 * @param caption what the table holds, for screen readers; the card around it shows a title to the others
 * @param empty what to say when there are no rows
 */
export function DataTable<Row>(props: {
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty: string;
  selection?: Selection<Row>;
}) {
  if (props.rows.length === 0) return <div className="tw-empty">{props.empty}</div>;
  const { selection } = props;
  const keys = props.rows.map(props.rowKey);
  return (
    <table className="tw-table">
      <caption className="tw-visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {selection !== undefined && (
            <th scope="col" className="tw-select">
              <input
                type="checkbox"
                aria-label="All rows of this page"
                checked={keys.every(key => selection.selected.has(key))}
                onChange={event => selection.onChange(new Set(event.target.checked ? keys : []))}
              />
            </th>
          )}
          {props.columns.map(column => (
            <th key={column.header} scope="col" className={classes(column)}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(row => (
          <tr key={props.rowKey(row)}>
            {selection !== undefined && (
              <td className="tw-select">
                <input
                  type="checkbox"
                  aria-label={`Choose ${selection.label(row)}`}
                  checked={selection.selected.has(props.rowKey(row))}
                  onChange={() => selection.onChange(toggled(selection.selected, props.rowKey(row)))}
                />
              </td>
            )}
            {props.columns.map((column, index) => (
              <Cell key={column.header} column={column} row={row} namesRow={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row, namesRow }: { column: Column<Row>; row: Row; namesRow: boolean }) {
  const content = column.cell(row);
  return namesRow ? (
    <th scope="row" className={classes(column)}>
      {content}
    </th>
  ) : (
    <td data-label={column.header} className={classes(column)}>
      <div>{content}</div>
    </td>
  );
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

function classes<Row>({ numeric, noWrap, keepWords }: Column<Row>): string {
  return [
    numeric === true && 'tw-numeric',
    noWrap === true && 'tw-no-wrap',
    keepWords === true && 'tw-keep-words',
  ]
    .filter(Boolean)
    .join(' ');
}
