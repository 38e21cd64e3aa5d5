import { z } from 'zod';
import { isTimezone } from './timezone';

/** Longer headers are refused: nothing that a storefront has to say takes that much. */
export const MAX_DEVICE_HEADER_LENGTH = 2048;

/** What the storefront says of the browser. All of it may be forged. */
export interface DeviceReport {
  readonly fingerprint?: string;
  /** BCP 47, such as `de-AT`. */
  readonly language?: string;
  /** IANA name. */
  readonly timezone?: string;
  /** Width, height and perhaps colour depth: `1920x1080x24`. */
  readonly screen?: string;
  /** `navigator.webdriver`. */
  readonly webdriver?: boolean;
  /** Client hints, for a storefront whose server makes the calls: as `Sec-CH-UA`, `-Platform` and `-Mobile`. */
  readonly brands?: string;
  readonly platform?: string;
  readonly mobile?: boolean;
}

export interface ReadDevice {
  readonly report: DeviceReport;
  /** What could not be read, and why: `device.timezone: no such time zone`. */
  readonly missing: readonly string[];
}

const FIELDS = {
  fingerprint: z
    .string()
    .regex(/^[\w.:+/=-]{8,128}$/, '8 to 128 letters, digits or . : _ + / = - are needed'),
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/, 'no language tag'),
  timezone: z.string().max(64).refine(isTimezone, 'no such time zone'),
  screen: z.string().regex(/^\d{1,5}x\d{1,5}(x\d{1,2})?$/, 'needed is such as 1920x1080x24'),
  webdriver: z.boolean(),
  brands: z.string().max(300),
  platform: z.string().max(40),
  mobile: z.boolean(),
} satisfies Record<keyof DeviceReport, z.ZodType>;

/**
 * Reads the header `X-Device`: JSON in base64url, at most 2,048 characters. Whatever it holds, this never throws: what
 * cannot be read is missing, and the rest of it counts.
 */
export function readDeviceHeader(header: string | readonly string[] | undefined): ReadDevice {
  const nothing = (why: string): ReadDevice => ({ report: {}, missing: [`device.fingerprint: ${why}`] });
  if (header === undefined || header === '') return nothing('the storefront sends no X-Device header');
  // Node joins repeated ones with a comma, which base64url has not.
  if (typeof header !== 'string') return nothing('X-Device is there more than once');
  if (header.length > MAX_DEVICE_HEADER_LENGTH) {
    return nothing(`X-Device is longer than ${MAX_DEVICE_HEADER_LENGTH} characters`);
  }
  if (!/^[\w-]+={0,2}$/.test(header)) return nothing('X-Device is not base64url');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return nothing('X-Device holds no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return nothing('X-Device holds no JSON object');
  }
  return readFields(value);
}

function readFields(value: object): ReadDevice {
  const missing: string[] = [];
  const report: Record<string, string | boolean> = {};
  for (const [name, schema] of Object.entries(FIELDS)) {
    const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (given === undefined || given === null) continue;
    const read = schema.safeParse(given);
    if (read.success) report[name] = read.data;
    else missing.push(`device.${name}: ${read.error.issues[0]?.message ?? 'malformed'}`);
  }
  if (report.fingerprint === undefined && !missing.some(text => text.startsWith('device.fingerprint'))) {
    missing.push('device.fingerprint: not in X-Device');
  }
  return { report, missing };
}

/** The header for a report, for storefronts in TypeScript and tests. */
export function deviceHeader(report: DeviceReport): string {
  return Buffer.from(JSON.stringify(report)).toString('base64url');
}
