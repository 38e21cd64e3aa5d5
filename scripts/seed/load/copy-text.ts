/** What a column can be given. `undefined` is NULL, as `null` is. */
export type Value = string | number | boolean | null | undefined;

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line of PostgreSQL's COPY text format. */
export function copyLine(values: readonly Value[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) line += '\t';
    line += copyField(values[i]);
  }
  return `${line}\n`;
}

function copyField(value: Value): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return value.replace(SPECIAL, char => ESCAPES[char] as string);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return String(value);
}

/**
 * A moment as the platform's columns hold it. They are `timestamp without time zone` and the driver writes and
 * reads them in this process's time zone, so the seed must do so, too.
 *
 * @param time epoch ms
 */
export function timestamp(time: number): string {
  const date = new Date(time);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, -1).replace('T', ' ');
}
