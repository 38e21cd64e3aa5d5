import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile } from './create-file';

jest.mock('node:fs', () => {
  const real = jest.requireActual<typeof fs>('node:fs');
  return { ...real, writeFileSync: jest.fn(real.writeFileSync) };
});

describe('createFile', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(join(tmpdir(), 'create-file-'));
    file = join(dir, 'secrets.json');
  });
  afterEach(() => fs.rmSync(dir, { recursive: true }));

  it('creates the file with its permissions and leaves nothing else behind', () => {
    expect(createFile(file, 'content', 0o600)).toBe(true);
    expect(fs.readFileSync(file, 'utf8')).toBe('content');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(dir)).toEqual(['secrets.json']);
  });

  it('keeps the file of the one who was first', () => {
    createFile(file, 'first');
    expect(createFile(file, 'second')).toBe(false);
    expect(fs.readFileSync(file, 'utf8')).toBe('first');
    expect(fs.readdirSync(dir)).toEqual(['secrets.json']);
  });

  it('never shows the file before it is whole', () => {
    const { writeFileSync } = jest.requireActual<typeof fs>('node:fs');
    jest.mocked(fs.writeFileSync).mockImplementationOnce((target, content, options) => {
      writeFileSync(target, 'con', options);
      expect(fs.existsSync(file)).toBe(false);
      writeFileSync(target, content, options);
    });
    createFile(file, 'content');
    expect(fs.readFileSync(file, 'utf8')).toBe('content');
  });

  it('tells other failures', () => {
    expect(() => createFile(join(dir, 'missing', 'file'), 'content')).toThrow(/ENOENT/);
  });
});
