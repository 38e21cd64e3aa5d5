import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifecycleDiagram } from './diagram';
import { LIFECYCLE } from './lifecycle-table';

it('is in the README as the table has it', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  const [, shown] = /```mermaid\n(stateDiagram-v2[\s\S]*?)\n```/.exec(readme) ?? [];
  expect(shown).toBe(lifecycleDiagram(LIFECYCLE));
});
