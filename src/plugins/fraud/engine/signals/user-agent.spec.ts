import * as fc from 'fast-check';
import { browserFacts, hintsAutomation, hintsContradict } from './user-agent';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
const EDGE = `${CHROME} Edg/124.0.0.0`;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36';
const BRANDS = '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"';

describe('what a user agent says', () => {
  it.each([
    ['Chrome', CHROME, { browser: 'Chrome', os: 'Windows' }],
    ['Edge', EDGE, { browser: 'Microsoft Edge', os: 'Windows' }],
    ['Firefox', FIREFOX, { browser: 'Firefox', os: 'Linux' }],
    ['Safari', IPHONE, { browser: 'Safari', os: 'iOS' }],
  ])('%s', (_name, userAgent, facts) => {
    expect(browserFacts(userAgent)).toEqual({ ...facts, automation: false, isServer: false });
  });

  it.each([
    CHROME.replace('Chrome/', 'HeadlessChrome/'),
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Scrapy/2.11 (+https://scrapy.org)',
    'curl/8.0',
  ])('%s is automation', userAgent => {
    expect(browserFacts(userAgent).automation).toBe(true);
  });

  it.each([
    'node',
    'undici',
    'axios/1.6.0',
    'node-fetch/1.0 (+https://example.com)',
    'okhttp/4.12.0',
    'python-requests/2.31',
    'Go-http-client/2.0',
    'Shop/3.1 CFNetwork/1494.0.7 Darwin/23.4.0',
    'Dart/3.3 (dart:io)',
  ])('%s asks for a shopper, and says nothing of them', userAgent =>
    expect(browserFacts(userAgent)).toEqual({ automation: false, isServer: true }),
  );

  it('is told of any text', () => {
    fc.assert(fc.property(fc.string(), text => typeof browserFacts(text).automation === 'boolean'));
  });
});

describe('client hints', () => {
  it.each([
    ['the same browser', CHROME, { brands: BRANDS, platform: '"Windows"', mobile: false }, false],
    ['its relative', EDGE, { brands: BRANDS.replace('Google Chrome', 'Microsoft Edge') }, false],
    ['a phone', ANDROID, { brands: BRANDS, platform: '"Android"', mobile: true }, false],
    [
      "a phone with the desktop's page",
      CHROME.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64'),
      { brands: BRANDS, platform: '"Android"', mobile: false },
      false,
    ],
    ['another version', CHROME.replace('124', '99'), { brands: BRANDS }, true],
    ['a browser that sends none', FIREFOX, { brands: BRANDS, platform: '"Linux"' }, true],
    ['another system', CHROME, { brands: BRANDS, platform: '"Linux"' }, true],
    ['an iPhone that would be Windows', IPHONE, { platform: '"Windows"' }, true],
    ['a phone that would be Windows', CHROME, { mobile: true }, true],
    ['none at all', CHROME, {}, undefined],
    ['those of a server', 'node', { brands: BRANDS }, undefined],
  ])('%s', (_what, userAgent, hints, contradict) => {
    expect(hintsContradict(userAgent, hints)).toBe(contradict);
  });

  it('name a headless browser', () => {
    expect(hintsAutomation({ brands: '"HeadlessChrome";v="124"' })).toBe(true);
    expect(hintsAutomation({ brands: BRANDS })).toBe(false);
  });

  it('of any text are read', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (userAgent, brands) => {
        hintsContradict(userAgent, { brands, platform: brands });
      }),
    );
  });
});
