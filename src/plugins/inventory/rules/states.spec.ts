import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOLD_STATES, PICK_LIST_STATES, sourcesOf } from './states';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** The arrows of the state diagram under a heading of the README. */
function diagram(heading: string): string[][] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [, body = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(section) ?? [];
  return [...body.matchAll(/^\s*(\S+) --> (\w+|\[\*\])/gm)].map(([, from = '', to = '']) => [from, to]);
}

describe.each([
  ['Holds', HOLD_STATES],
  ['Pick lists', PICK_LIST_STATES],
] as [string, Record<string, readonly string[]>][])('the diagram of %s', (heading, machine) => {
  const arrows = diagram(heading);
  const inner = arrows.filter(([from, to]) => from !== '[*]' && to !== '[*]');

  it('has the transitions that there are', () => {
    const allowed = Object.entries(machine).flatMap(([from, targets]) => targets.map(to => [from, to]));
    expect([...inner].sort()).toEqual(allowed.sort());
  });

  it('begins at the first state, and ends where nothing follows', () => {
    expect(arrows.filter(([from]) => from === '[*]')).toEqual([['[*]', Object.keys(machine)[0]]]);
    const ends = arrows.filter(([, to]) => to === '[*]').map(([from]) => from);
    for (const [state, targets] of Object.entries(machine)) {
      if (targets.length === 0) expect(ends).toContain(state);
    }
  });
});

it('knows from where a state is reached', () => {
  expect(sourcesOf(PICK_LIST_STATES, 'cancelled')).toEqual(['open', 'picked']);
  expect(sourcesOf(PICK_LIST_STATES, 'picked')).toEqual(['open']);
});
