import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBuiltApp } from '../serving/built-app';
import { buildAdminUi, type BuildAdminUiOptions } from './build-admin-ui';
import { AdminUiBuildError } from './errors';
import { adminUiPaths } from './paths';
import { useTemporaryFolder } from './testing';

type Compile = NonNullable<BuildAdminUiOptions['compile']>;

describe('building the staff pages', () => {
  const folder = useTemporaryFolder();
  let compilations: number;

  const compile: Compile = async (_paths, workDir) => {
    compilations++;
    const app = join(workDir, 'dist/browser');
    mkdirSync(app, { recursive: true });
    writeFileSync(join(app, 'index.html'), `app ${compilations}`);
    await sleep(5);
    return app;
  };
  const build = (options: Partial<BuildAdminUiOptions> = {}) =>
    buildAdminUi({ root: folder.path(), compile, ...options });
  const served = () => findBuiltApp(adminUiPaths(folder.path()));
  const workDirs = () => readdirSync(folder.path('.cache/admin-ui')).filter(name => name.startsWith('work-'));

  beforeEach(() => {
    compilations = 0;
    folder.write({
      'package-lock.json': '{"packages":{"node_modules/react":{"version":"19.0.0"}}}',
      'src/plugins/system/ui/routes.ts': 'export default [];',
      'src/admin-ui/kit/index.ts': '',
    });
  });

  it('compiles once and uses the build again', async () => {
    const first = await build();
    const second = await build();
    expect(first).toMatchObject({ reused: false, hash: second.hash, dir: second.dir });
    expect(second.reused).toBe(true);
    expect(compilations).toBe(1);
    expect(served()).toEqual({ dir: first.dir });
    expect(workDirs()).toEqual([]);
  });

  it('compiles again when a source or a package changes, and serves that', async () => {
    const { hash } = await build();
    folder.write({ 'src/admin-ui/kit/index.ts': 'export {};' });
    const changed = await build();
    folder.write({ 'package-lock.json': '{"packages":{"node_modules/react":{"version":"19.0.1"}}}' });
    const upgraded = await build();
    expect(new Set([hash, changed.hash, upgraded.hash]).size).toBe(3);
    expect(served()).toEqual({ dir: upgraded.dir });
    expect(existsSync(changed.dir)).toBe(true);
    // The oldest of the three is not kept.
    expect(existsSync(folder.path(`.cache/admin-ui/${hash}`))).toBe(false);
  });

  it('goes back to an earlier build without compiling', async () => {
    const first = await build();
    folder.write({ 'src/admin-ui/kit/index.ts': 'export {};' });
    await build();
    folder.write({ 'src/admin-ui/kit/index.ts': '' });
    expect(await build()).toMatchObject({ hash: first.hash, reused: true });
    expect(served()).toEqual({ dir: first.dir });
  });

  it('compiles once for several processes', async () => {
    const phases: string[] = [];
    const onProgress: BuildAdminUiOptions['onProgress'] = ({ phase }) => phases.push(phase);
    const builds = await Promise.all([build({ onProgress }), build({ onProgress }), build({ onProgress })]);
    expect(compilations).toBe(1);
    expect(builds.filter(({ reused }) => !reused)).toHaveLength(1);
    expect(phases.sort()).toEqual(['compiling', 'waiting', 'waiting']);
  });

  it('shows that it is at work', async () => {
    expect(served()).toMatchObject({ unready: { state: 'missing' } });
    let during;
    await build({
      compile: (...args) => {
        during = served();
        return compile(...args);
      },
    });
    expect(during).toMatchObject({ unready: { state: 'building' } });
  });

  it('tells why it failed, and keeps serving the build before', async () => {
    const broken: Compile = () => Promise.reject(new AdminUiBuildError('[ERROR] TS1005'));
    await expect(build({ compile: broken })).rejects.toThrow('TS1005');
    expect(served()).toMatchObject({ unready: { state: 'failed', reason: '[ERROR] TS1005' } });
    const { dir } = await build();
    folder.write({ 'src/admin-ui/kit/index.ts': 'broken(' });
    await expect(build({ compile: broken })).rejects.toThrow('TS1005');
    expect(served()).toEqual({ dir });
    expect(workDirs()).toEqual([]);
  });

  it('tells of a plugin that cannot join without asking the compiler', async () => {
    folder.write({ 'src/plugins/reviews/ui/page.tsx': '' });
    await expect(build()).rejects.toThrow(/neither routes.ts nor providers.ts/);
    expect(served()).toMatchObject({ unready: { state: 'failed' } });
    expect(compilations).toBe(0);
  });

  it('does not take for these sources what was compiled from others', async () => {
    const edited: Compile = (...args) => {
      folder.write({ 'src/admin-ui/kit/index.ts': 'export {};' });
      return compile(...args);
    };
    await expect(build({ compile: edited })).rejects.toThrow(/changed while/);
    expect(served()).toMatchObject({ dir: undefined });
  });

  it('clears away what a killed compilation left, and does not use it', async () => {
    folder.write({ '.cache/admin-ui/work-killed/dist/browser/index.html': 'half' });
    const { dir } = await build();
    expect(readFileSync(join(dir, 'index.html'), 'utf8')).toBe('app 1');
    expect(workDirs()).toEqual([]);
  });

  it('stops when told to, which is no failure', async () => {
    const stop = new AbortController();
    const stopped: Compile = (_paths, _workDir, _log, signal) => {
      stop.abort(new Error('Ctrl-C'));
      return Promise.reject(signal?.reason as Error);
    };
    await expect(build({ compile: stopped, signal: stop.signal })).rejects.toThrow('Ctrl-C');
    expect(served()).toMatchObject({ unready: { state: 'missing' } });
  });
});
