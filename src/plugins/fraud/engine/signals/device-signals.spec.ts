import { deviceSignals, type DeviceEvidence } from './device-signals';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
const VIENNA = 16.4;
const HONEST: DeviceEvidence = {
  device: {
    report: { fingerprint: 'f3a9c1d27b60', timezone: 'Europe/Vienna', webdriver: false },
    missing: [],
  },
  userAgent: CHROME,
  hints: { brands: '"Chromium";v="124"', platform: '"Windows"', mobile: false },
  acceptLanguage: 'de-AT,de;q=0.9',
  longitude: VIENNA,
  at: Date.UTC(2026, 5, 1),
};

describe('the signals of a device', () => {
  it('that is what it says', () => {
    expect(deviceSignals(HONEST)).toEqual({
      signals: {
        'device.fingerprint': 'f3a9c1d27b60',
        'device.language': 'de-AT',
        'device.timezone': 'Europe/Vienna',
        'device.userAgent': CHROME,
        'device.browser': 'Chrome',
        'device.os': 'Windows',
        'device.clientHintsContradict': false,
        'device.automation': false,
        'device.timezoneFar': false,
        'device.spoofed': false,
      },
      missing: [],
    });
  });

  it.each([
    ['hints of another system', { hints: { platform: '"Linux"' } }, 'device.clientHintsContradict'],
    [
      'a browser driven by a program',
      { device: { report: { webdriver: true }, missing: [] } },
      'device.automation',
    ],
    [
      'a headless browser',
      { userAgent: CHROME.replace('Chrome/', 'HeadlessChrome/'), hints: {} },
      'device.automation',
    ],
    ['a time zone on the other side of the world', { longitude: -122 }, 'device.timezoneFar'],
  ] as [string, Partial<DeviceEvidence>, string][])('%s is a sign of spoofing', (_what, change, sign) => {
    const { signals } = deviceSignals({ ...HONEST, ...change });
    expect(signals[sign]).toBe(true);
    expect(signals['device.spoofed']).toBe(true);
  });

  it('without anything to look at are missing, not false', () => {
    const { signals, missing } = deviceSignals({
      device: { report: {}, missing: ['device.fingerprint: the storefront sends no X-Device header'] },
      userAgent: 'node',
      hints: {},
      acceptLanguage: undefined,
      longitude: undefined,
      at: 0,
    });
    expect(signals).toEqual({});
    expect(missing).toEqual([
      'device.fingerprint: the storefront sends no X-Device header',
      "device.userAgent: of a storefront's server",
    ]);
  });

  it("takes the storefront's hints before those of its own request", () => {
    const device = { report: { platform: 'macOS' }, missing: [] };
    expect(deviceSignals({ ...HONEST, device }).signals['device.clientHintsContradict']).toBe(true);
  });
});
