import { isTimezone, isTimezoneFar } from './timezone';

const JUNE = Date.UTC(2026, 5, 1);
const JANUARY = Date.UTC(2026, 0, 1);

describe('a time zone far from a place', () => {
  it.each([
    ['London from London', 'Europe/London', -0.1, false],
    ['Madrid from Galicia, in summer too', 'Europe/Madrid', -8.5, false],
    ['Shanghai from Kashgar', 'Asia/Shanghai', 76, false],
    ['Samoa, on the other side of the date line', 'Pacific/Apia', -172, false],
    ['Kolkata from Delhi', 'Asia/Kolkata', 77, false],
    ['Moscow from London', 'Europe/Moscow', -0.1, false],
    ['Dubai from London', 'Asia/Dubai', -0.1, true],
    ['New York from Berlin', 'America/New_York', 13.4, true],
    ['Ho Chi Minh from Texas', 'Asia/Ho_Chi_Minh', -97, true],
  ])('%s: %s', (_what, timezone, longitude, far) => {
    expect(isTimezoneFar(timezone, longitude, JUNE)).toBe(far);
    expect(isTimezoneFar(timezone, longitude, JANUARY)).toBe(far);
  });

  it.each(['', 'Mars/Phobos', '+02:00', 'constructor'])('is missing for %j', timezone => {
    expect(isTimezoneFar(timezone, 0, JUNE)).toBeUndefined();
    expect(isTimezone(timezone)).toBe(false);
  });
});
