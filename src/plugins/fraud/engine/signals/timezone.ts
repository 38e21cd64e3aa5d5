const HOUR_MS = 3_600_000;
const HOURS_OF_DAY = 24;
const DEGREES_PER_HOUR = 15;

/** More than this many hours between a browser's time zone and that of its address say that one of them is not real. */
export const FAR_HOURS = 3;

/**
 * Whether a time zone is far from a place: more than 3 hours from the sun's own time there, in whole hours. No
 * inhabited place has a standard time that far from the sun's (western China has 3), so no table of zones is needed.
 *
 * @param timezone IANA name
 * @returns undefined for a time zone that is not known
 */
export function isTimezoneFar(timezone: string, longitude: number, at: number): boolean | undefined {
  const offset = standardOffsetHours(timezone, at);
  if (offset === undefined) return undefined;
  const apart = Math.abs(offset - Math.round(longitude / DEGREES_PER_HOUR)) % HOURS_OF_DAY;
  return Math.min(apart, HOURS_OF_DAY - apart) > FAR_HOURS;
}

/** Whether the runtime knows a time zone by this name. */
export function isTimezone(name: string): boolean {
  return formatOf(name) !== undefined;
}

/** Without daylight saving: the smaller of the two offsets of the year. */
function standardOffsetHours(timezone: string, at: number): number | undefined {
  const format = formatOf(timezone);
  if (format === undefined) return undefined;
  const year = new Date(at).getUTCFullYear();
  return Math.min(offsetHours(format, Date.UTC(year, 0, 1)), offsetHours(format, Date.UTC(year, 6, 1)));
}

function offsetHours(format: Intl.DateTimeFormat, at: number): number {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return (Date.UTC(year, month - 1, day, hour, minute) - at) / HOUR_MS;
}

/** There are about 600 of them, and making one takes long; names that are none are not kept. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  // Offsets such as +02:00 are names to the runtime too, and no browser gives them.
  if (!/^[A-Za-z]/.test(timezone)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    // Upper and lower case give the same zone: keys of one spelling only, or the map could be made to grow.
    if (format.resolvedOptions().timeZone === timezone) formats.set(timezone, format);
    return format;
  } catch {
    return undefined;
  }
}
