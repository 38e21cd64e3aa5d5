import type { SignalValue, Signals } from '../../types';
import type { ReadDevice } from './device-header';
import { isTimezoneFar } from './timezone';
import { browserFacts, hintsAutomation, hintsContradict, type ClientHints } from './user-agent';

/** What a request says of the device that made it. */
export interface DeviceEvidence {
  readonly device: ReadDevice;
  readonly userAgent: string | undefined;
  /** Of the request's own headers; none where a storefront's server made it. */
  readonly hints: ClientHints;
  readonly acceptLanguage: string | undefined;
  /** Of the IP address, where it is known. */
  readonly longitude: number | undefined;
  readonly at: number;
}

export interface GatheredSignals {
  readonly signals: Signals;
  readonly missing: readonly string[];
}

export function deviceSignals(evidence: DeviceEvidence): GatheredSignals {
  const { device, userAgent, longitude, at } = evidence;
  const { report } = device;
  const missing = [...device.missing];
  const signals: Record<string, SignalValue> = {};
  const put = (name: string, value: SignalValue | undefined) => {
    if (value !== undefined) signals[`device.${name}`] = value;
  };
  put('fingerprint', report.fingerprint);
  put('language', report.language ?? firstLanguage(evidence.acceptLanguage));
  put('timezone', report.timezone);

  const hints: ClientHints =
    report.brands === undefined && report.platform === undefined && report.mobile === undefined
      ? evidence.hints
      : report;
  const browser = userAgent === undefined ? undefined : browserFacts(userAgent);
  if (browser === undefined) missing.push('device.userAgent: the request names none');
  else if (browser.isServer) missing.push("device.userAgent: of a storefront's server");
  else {
    put('userAgent', userAgent);
    put('browser', browser.browser);
    put('os', browser.os);
    put('clientHintsContradict', hintsContradict(userAgent ?? '', hints));
  }
  const driven = report.webdriver === true || hintsAutomation(hints);
  if (driven || report.webdriver !== undefined || browser?.isServer === false) {
    put('automation', driven || browser?.automation === true);
  }
  if (report.timezone !== undefined && longitude !== undefined) {
    put('timezoneFar', isTimezoneFar(report.timezone, longitude, at));
  }
  put('spoofed', spoofed(signals));
  return { signals, missing };
}

/** Whether any of the signs speaks against the device; undefined where none was there to be looked at. */
function spoofed(signals: Signals): boolean | undefined {
  const signs = ['clientHintsContradict', 'automation', 'timezoneFar'].map(name => signals[`device.${name}`]);
  if (signs.every(sign => sign === undefined)) return undefined;
  return signs.includes(true);
}

function firstLanguage(header: string | undefined): string | undefined {
  const [first = ''] = (header ?? '').split(/[,;]/);
  const tag = first.trim();
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag) ? tag : undefined;
}
