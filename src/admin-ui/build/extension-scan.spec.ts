import { scanPluginUis } from './extension-scan';
import { useTemporaryFolder } from './testing';

describe('the scan for plugins with pages', () => {
  const folder = useTemporaryFolder();
  const scan = (...names: string[]) => scanPluginUis(names.map(name => folder.path(name)));

  it('finds the ui folders, sorted, and what each has', () => {
    folder.write({
      'plugins/reviews/ui/routes.ts': '',
      'plugins/reviews/ui/providers.ts': '',
      'plugins/cart/ui/providers.ts': '',
      'plugins/caching/index.ts': '',
    });
    expect(scan('plugins')).toEqual([
      { name: 'cart', dir: folder.path('plugins/cart/ui'), hasRoutes: false, hasProviders: true },
      { name: 'reviews', dir: folder.path('plugins/reviews/ui'), hasRoutes: true, hasProviders: true },
    ]);
  });

  it('finds nothing where there is no folder', () => {
    expect(scan('plugins')).toEqual([]);
  });

  it('refuses a folder without an entry file', () => {
    folder.write({ 'plugins/reviews/ui/page.tsx': '' });
    expect(() => scan('plugins')).toThrow(/neither routes.ts nor providers.ts/);
  });

  it.each(['Reviews', 'my_plugin', '2fast', 'a--b'])('refuses the name %s', name => {
    folder.write({ [`plugins/${name}/ui/routes.ts`]: '' });
    expect(() => scan('plugins')).toThrow(`not "${name}"`);
  });

  it('refuses a name that the compilation uses itself', () => {
    folder.write({ 'plugins/kit/ui/routes.ts': '' });
    expect(() => scan('plugins')).toThrow(/"kit" is taken/);
  });

  it('refuses two plugins of one name and names both', () => {
    folder.write({ 'a/reviews/ui/routes.ts': '', 'b/reviews/ui/routes.ts': '' });
    expect(() => scan('a', 'b')).toThrow(
      `${folder.path('a/reviews/ui')} and ${folder.path('b/reviews/ui')}: both are named "reviews"`,
    );
  });

  it('refuses an import that leaves the folder, however deep the file is', () => {
    folder.write({
      'plugins/reviews/ui/routes.ts': "import { a } from './pages/list';\nimport '@tradewind/admin-ui-kit';",
      'plugins/reviews/ui/pages/list.tsx': "import { b } from '../shared';\nimport { c } from '../../types';",
    });
    expect(() => scan('plugins')).toThrow(/list.tsx: imports "..\/..\/types" from outside/);
  });

  it('tells all problems at once', () => {
    folder.write({ 'plugins/Bad/ui/routes.ts': '', 'plugins/empty/ui/readme.txt': '' });
    expect(() => scan('plugins')).toThrow(/Bad[^]*empty/);
  });
});
