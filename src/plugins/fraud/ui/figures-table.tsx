import { DataTable, type Column } from '@tradewind/admin-ui-kit';
import React from 'react';
import { figureRows, type FigureRow } from './model-text';
import type { Figures } from './models.query';

/** Figures of one or two models side by side. */
export function FiguresTable(props: {
  caption: string;
  names: readonly string[];
  figures: readonly Figures[];
}) {
  const { caption, names, figures } = props;
  const columns: ReadonlyArray<Column<FigureRow>> = [
    { header: 'Figure', cell: ({ name }) => name, keepWords: true },
    ...names.map((header, index) => ({
      header,
      cell: ({ values }: FigureRow) => values[index] ?? '–',
      numeric: true,
    })),
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={figureRows(figures)}
      rowKey={({ name }) => name}
      empty=""
    />
  );
}
