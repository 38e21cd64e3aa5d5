import { existsSync, readFileSync, rmSync } from 'node:fs';
import { BuildStore, exportBuild, isBuild } from './build-store';
import { useTemporaryFolder } from './testing';

const HASHES = ['aaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbb', 'cccccccccccccccccccc'] as const;

describe('the store of builds', () => {
  const folder = useTemporaryFolder();
  let clock: number;
  let store: BuildStore;

  beforeEach(() => {
    clock = Date.UTC(2026, 0, 1);
    store = new BuildStore(folder.path('cache'), () => new Date((clock += 1000)));
  });

  const publish = (hash: string) => {
    folder.write({ [`cache/work-${hash}/index.html`]: hash, [`cache/work-${hash}/a/b.js`]: 'x' });
    const dir = store.publish(folder.path(`cache/work-${hash}`), hash);
    store.makeCurrent(hash);
    return dir;
  };

  it('finds what was published, and serves it', () => {
    expect(store.current()).toBeUndefined();
    const dir = publish(HASHES[0]);
    expect(store.find(HASHES[0])).toBe(dir);
    expect(store.current()).toBe(dir);
    expect(isBuild(dir)).toBe(true);
  });

  it('does not take a folder without the marker for a build, and clears it away', () => {
    folder.write({ [`cache/${HASHES[0]}/index.html`]: 'half' });
    expect(store.find(HASHES[0])).toBeUndefined();
    expect(existsSync(folder.path(`cache/${HASHES[0]}`))).toBe(false);
  });

  it('does not take a build that lost a file for a whole one', () => {
    rmSync(`${publish(HASHES[0])}/a/b.js`);
    expect(store.find(HASHES[0])).toBeUndefined();
    expect(store.current()).toBeUndefined();
  });

  it('keeps the build that is there when two processes publish the same', () => {
    const first = publish(HASHES[0]);
    expect(publish(HASHES[0])).toBe(first);
    expect(store.find(HASHES[0])).toBe(first);
  });

  it('puts a whole build in the place of a broken one', () => {
    folder.write({ [`cache/${HASHES[0]}/index.html`]: 'half' });
    expect(store.find(HASHES[0])).toBeUndefined();
    expect(readFileSync(`${publish(HASHES[0])}/index.html`, 'utf8')).toBe(HASHES[0]);
  });

  it('keeps the builds that were current last', () => {
    HASHES.forEach(publish);
    store.makeCurrent(HASHES[0]);
    store.prune(2);
    expect(HASHES.map(hash => store.find(hash) !== undefined)).toEqual([true, false, true]);
  });

  it('remembers the last failure until a build becomes current', () => {
    folder.write({ 'cache/.keep': '' });
    store.recordFailure(HASHES[1], 'TS1005');
    expect(store.failure()).toMatchObject({ hash: HASHES[1], reason: 'TS1005' });
    publish(HASHES[0]);
    expect(store.failure()).toBeUndefined();
  });

  it('takes an emptied file of its own for none', () => {
    folder.write({ 'cache/current.json': '', 'cache/failure.json': '{' });
    expect(store.current()).toBeUndefined();
    expect(store.failure()).toBeUndefined();
  });

  it('cannot be led out of its folder', () => {
    expect(() => store.find('')).toThrow('no content hash');
    expect(() => store.find('..')).toThrow('no content hash');
    folder.write({ 'outside/build.json': '{}', 'cache/current.json': '{"hash":"../outside"}' });
    expect(store.current()).toBeUndefined();
  });

  it('replaces an exported build', () => {
    exportBuild(publish(HASHES[0]), folder.path('dist/admin-ui'));
    exportBuild(publish(HASHES[1]), folder.path('dist/admin-ui'));
    expect(readFileSync(folder.path('dist/admin-ui/index.html'), 'utf8')).toBe(HASHES[1]);
    expect(isBuild(folder.path('dist/admin-ui'))).toBe(true);
  });
});
