import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { hashOf, isSource, packageVersions, type HashedFile } from './content-hash';

const files = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-z/.]{1,12}$/), content: fc.string() }),
  {
    selector: file => file.name,
    minLength: 1,
    maxLength: 6,
  },
);
const versions = fc.uniqueArray(fc.stringMatching(/^[a-z@/]{1,8} \d\.\d$/), { maxLength: 4 });

describe('the content hash', () => {
  it('does not depend on the order of files and packages', () => {
    fc.assert(
      fc.property(files, versions, (some, pinned) => {
        expect(hashOf([...some].reverse(), [...pinned].reverse())).toBe(hashOf(some, pinned));
      }),
    );
  });

  it('changes with any content, name or version', () => {
    fc.assert(
      fc.property(files, versions, fc.nat(), (some, pinned, seed) => {
        const at = seed % some.length;
        const replaced = (change: (file: HashedFile) => HashedFile) =>
          some.map((file, index) => (index === at ? change(file) : file));
        const changes = [
          hashOf(
            replaced(file => ({ ...file, content: `${file.content.toString()}!` })),
            pinned,
          ),
          hashOf(
            replaced(file => ({ ...file, name: `${file.name}!` })),
            pinned,
          ),
          hashOf(some.slice(1), pinned),
          hashOf(some, [...pinned, 'react 19.9.9']),
        ];
        expect(changes).not.toContain(hashOf(some, pinned));
      }),
    );
  });

  it('is not fooled by a name that looks like another file', () => {
    expect(hashOf([{ name: 'a', content: 'b' }], [])).not.toBe(hashOf([], ['a b']));
  });

  it('reads the packages of the app, and only those, out of the lockfile', () => {
    const lockfile = readFileSync(join(__dirname, '../../../package-lock.json'), 'utf8');
    const names = packageVersions(lockfile).map(line => line.split(' ')[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        'node_modules/@vendure/admin-ui',
        'node_modules/@vendure/ui-devkit',
        'node_modules/@angular/compiler-cli',
        'node_modules/react',
        'node_modules/react-dom',
        'node_modules/typescript',
      ]),
    );
    expect(names).not.toContain('node_modules/express');
  });

  it('leaves specs out', () => {
    expect(['a.spec.ts', 'b/c.spec.tsx', 'a.ts', 'spec.ts'].filter(isSource)).toEqual(['a.ts', 'spec.ts']);
  });
});
