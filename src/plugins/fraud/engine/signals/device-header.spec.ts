import * as fc from 'fast-check';
import { deviceHeader, MAX_DEVICE_HEADER_LENGTH, readDeviceHeader } from './device-header';

const REPORT = {
  fingerprint: 'f3a9c1d27b60',
  language: 'de-AT',
  timezone: 'Europe/Vienna',
  screen: '1920x1080x24',
  webdriver: false,
  brands: '"Chromium";v="124"',
  platform: '"Windows"',
  mobile: false,
};

describe('the X-Device header', () => {
  it('says what the browser is', () => {
    expect(readDeviceHeader(deviceHeader(REPORT))).toEqual({ report: REPORT, missing: [] });
  });

  it.each([
    [undefined, 'the storefront sends no X-Device header'],
    ['', 'the storefront sends no X-Device header'],
    [['a', 'b'], 'X-Device is there more than once'],
    [`${deviceHeader(REPORT)}, ${deviceHeader(REPORT)}`, 'X-Device is not base64url'],
    ['a'.repeat(10 * 1024), 'X-Device is longer than 2048 characters'],
    ['%%%', 'X-Device is not base64url'],
    [Buffer.from('{"fingerprint":').toString('base64url'), 'X-Device holds no JSON'],
    [Buffer.from('[1]').toString('base64url'), 'X-Device holds no JSON object'],
    [Buffer.from('null').toString('base64url'), 'X-Device holds no JSON object'],
    [Buffer.from('{}').toString('base64url'), 'not in X-Device'],
  ])('%j says nothing: %s', (header, why) => {
    expect(readDeviceHeader(header)).toEqual({ report: {}, missing: [`device.fingerprint: ${why}`] });
  });

  it('may be as long as the limit', () => {
    const text = JSON.stringify({ fingerprint: 'f3a9c1d27b60', note: 'x'.repeat(1490) });
    const header = Buffer.from(text).toString('base64url');
    expect(header.length).toBeLessThanOrEqual(MAX_DEVICE_HEADER_LENGTH);
    expect(readDeviceHeader(header).report).toEqual({ fingerprint: 'f3a9c1d27b60' });
  });

  it('counts as far as it can be read', () => {
    const forged = {
      ...REPORT,
      timezone: 'Mars/Phobos',
      language: "'; DROP",
      webdriver: 'no',
      fingerprint: 'x',
    };
    const { report, missing } = readDeviceHeader(deviceHeader(forged as never));
    expect(report).toEqual({
      screen: REPORT.screen,
      brands: REPORT.brands,
      platform: REPORT.platform,
      mobile: false,
    });
    expect(missing.map(text => text.split(':')[0])).toEqual([
      'device.fingerprint',
      'device.language',
      'device.timezone',
      'device.webdriver',
    ]);
  });

  it('never throws', () => {
    const json = fc.oneof(
      fc.json(),
      fc.record(
        { fingerprint: fc.anything(), timezone: fc.anything(), __proto__: fc.anything() },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), json), value => {
        const text = typeof value === 'string' ? value : safeJson(value);
        for (const header of [text, Buffer.from(text).toString('base64url')]) {
          expect(Array.isArray(readDeviceHeader(header).missing)).toBe(true);
        }
      }),
    );
  });
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
