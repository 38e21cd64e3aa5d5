import { parseResidentMb, parseSchedstat, parseStat } from './proc';

const LINE =
  '7271 (node) R 7269 7269 16225 0 -1 4194304 2807 0 0 0 25 2 30 4 20 0 7 0 294159 1015730176 11607 18446744073709551615 1 1 0 0 0 0 0 16781312 17922 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0';

describe('parseStat', () => {
  it('reads parent and times', () => {
    expect(parseStat(LINE)).toEqual({ parent: 7269, own: 27, endedChildren: 34 });
  });

  it('is not misled by a name with blanks and brackets', () => {
    expect(parseStat(LINE.replace('(node)', '(a) 1 2 (b)'))).toEqual(parseStat(LINE));
    expect(parseStat(LINE.replace('(node)', '(postgres: main shop 127.0.0.1(40) idle)'))).toEqual(
      parseStat(LINE),
    );
  });

  it('refuses something else', () => {
    expect(() => parseStat('')).toThrow('/proc/<pid>/stat');
    expect(() => parseStat('1 (x) S 2 3')).toThrow('/proc/<pid>/stat');
  });
});

describe('parseSchedstat', () => {
  it('reads the time on the CPU', () => {
    expect(parseSchedstat('280114897 164456876 223\n')).toBeCloseTo(280.114897);
  });

  it('refuses something else', () => {
    expect(() => parseSchedstat('n/a')).toThrow('schedstat');
  });
});

describe('parseResidentMb', () => {
  it('reads the resident memory', () => {
    expect(parseResidentMb('Name:\tnode\nVmPeak:\t  9 kB\nVmRSS:\t  204800 kB\nThreads:\t7\n')).toBe(200);
  });

  it('refuses a status without it, such as that of a zombie', () => {
    expect(() => parseResidentMb('Name:\tnode\nState:\tZ (zombie)\n')).toThrow('VmRSS');
  });
});
