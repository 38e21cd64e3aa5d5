/**
 * Figures and times as the browser's language writes them, in the reader's own time zone.
 */

export function formatCount(value: number): string {
  return value.toLocaleString();
}

/** A moment given as an ISO string, with date; a dash for none. */
export function formatDateTime(iso: string | null): string {
  if (iso === null) return '–';
  return new Date(iso).toLocaleString(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The day of a moment given as an ISO string. */
export function formatDate(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** A moment of today, to the second. */
export function formatTime(date: Date): string {
  return date.toLocaleTimeString();
}

/** A moment given as an ISO string, with date, to the second; a dash for none. */
export function formatMoment(iso: string | null): string {
  if (iso === null) return '–';
  return new Date(iso).toLocaleString(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
