import fc from 'fast-check';
import { MAX_USER_AGENT_LENGTH, cleanUserAgent } from './user-agent';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('cleanUserAgent', () => {
  it('leaves a real one as it is', () => {
    expect(cleanUserAgent(FIREFOX)).toBe(FIREFOX);
  });

  it.each([undefined, '', '   ', '\r\n\t', '\u0000'])('takes %j for none', text => {
    expect(cleanUserAgent(text)).toBeUndefined();
  });

  it.each(['\n', '\r', '\u0000', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029'])(
    'puts a space in the place of %j, which could forge a line in a log',
    character => {
      expect(cleanUserAgent(`a${character}b`)).toBe('a b');
    },
  );

  it('cuts what is too long, and no more', () => {
    expect(cleanUserAgent('x'.repeat(MAX_USER_AGENT_LENGTH))).toHaveLength(MAX_USER_AGENT_LENGTH);
    expect(cleanUserAgent('x'.repeat(MAX_USER_AGENT_LENGTH + 1))).toHaveLength(MAX_USER_AGENT_LENGTH);
  });

  it('gives nothing, or a line that is bounded and not blank, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2 * MAX_USER_AGENT_LENGTH }), text => {
        const clean = cleanUserAgent(text);
        if (clean === undefined) return;
        expect(clean.trim()).not.toBe('');
        expect(clean.length).toBeLessThanOrEqual(MAX_USER_AGENT_LENGTH);
        expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });
});
