import { CATEGORIES, DEPARTMENTS } from '../catalogue/taxonomy';
import { timestamp } from './copy-text';
import type { FacetIds } from './facets';
import type { LoadContext } from './load-context';

/** The name and slug by which the platform knows the root of its tree. */
const ROOT = '__root_collection__';

/** Ids of the collections, by index of the department and of the category. */
export interface CollectionIds {
  departments: readonly number[];
  categories: readonly number[];
}

/**
 * Writes the tree of collections: departments with their categories, each with a facet filter, so that the
 * platform keeps them up to date once staff change something. The products in them are written with the
 * products: no job has to apply the filters first.
 */
export async function loadCollections(
  context: LoadContext,
  facets: FacetIds,
  imageIds: readonly number[],
): Promise<CollectionIds> {
  const tree = new CollectionTree(context, imageIds);
  const root = await tree.root();
  const departments = DEPARTMENTS.map(({ code, name, description }, position) =>
    tree.add({ name, slug: code, description, position, facetValue: facets.category.get(code) }, [root]),
  );
  const positions = new Map<number, number>();
  const categories = CATEGORIES.map(({ code, name, department }) => {
    const parent = departments[department] as number;
    const position = positions.get(parent) ?? 0;
    positions.set(parent, position + 1);
    const description = `${name} from our ${DEPARTMENTS[department]?.name ?? ''} department.`;
    return tree.add({ name, slug: code, description, position, facetValue: facets.category.get(code) }, [
      root,
      parent,
    ]);
  });
  await context.writer.flush();
  return { departments, categories };
}

interface CollectionDraft {
  name: string;
  slug: string;
  description: string;
  position: number;
  /** Undefined for the root, which has no filter. */
  facetValue: number | undefined;
}

class CollectionTree {
  private readonly collections;
  private readonly texts;
  private readonly channels;
  private readonly closure;
  private readonly assets;
  private count = 0;

  constructor(
    private readonly context: LoadContext,
    private readonly imageIds: readonly number[],
  ) {
    const { writer } = context;
    this.collections = writer.table('collection', [
      'createdAt',
      'updatedAt',
      'id',
      'isRoot',
      'position',
      'isPrivate',
      'filters',
      'inheritFilters',
      'parentId',
      'featuredAssetId',
    ]);
    this.texts = writer.table('collection_translation', [
      'createdAt',
      'updatedAt',
      'id',
      'baseId',
      'languageCode',
      'name',
      'slug',
      'description',
    ]);
    this.channels = writer.table('collection_channels_channel', ['collectionId', 'channelId']);
    this.closure = writer.table('collection_closure', ['id_ancestor', 'id_descendant']);
    this.assets = writer.table('collection_asset', [
      'createdAt',
      'updatedAt',
      'id',
      'assetId',
      'position',
      'collectionId',
    ]);
  }

  /** The root, which the platform makes when it is first asked for. */
  async root(): Promise<number> {
    const existing = await this.context.client.query<{ id: number }>(
      'SELECT id FROM collection WHERE "isRoot" ORDER BY id LIMIT 1',
    );
    const id = existing.rows[0]?.id;
    if (id !== undefined) return id;
    return this.add(
      {
        name: ROOT,
        slug: ROOT,
        description: 'The root of the Collection tree.',
        position: 0,
        facetValue: undefined,
      },
      [],
    );
  }

  /** @param ancestors ids from the root down to the parent */
  add(draft: CollectionDraft, ancestors: readonly number[]): number {
    const { ids, base, openedAt } = this.context;
    const id = ids.take('collection');
    const time = timestamp(openedAt);
    const isRoot = ancestors.length === 0;
    const image = isRoot ? undefined : this.imageIds[this.count++ % this.imageIds.length];
    this.collections.row(
      time,
      time,
      id,
      isRoot,
      draft.position,
      false,
      JSON.stringify(draft.facetValue === undefined ? [] : [facetFilter(draft.facetValue)]),
      true,
      ancestors.at(-1),
      image,
    );
    this.texts.row(
      time,
      time,
      ids.take('collection_translation'),
      id,
      base.languageCode,
      draft.name,
      draft.slug,
      draft.description,
    );
    this.channels.row(id, base.channelId);
    for (const ancestor of [...ancestors, id]) this.closure.row(ancestor, id);
    if (image !== undefined) this.assets.row(time, time, ids.take('collection_asset'), image, 0, id);
    return id;
  }
}

function facetFilter(facetValue: number) {
  return {
    code: 'facet-value-filter',
    args: [
      { name: 'facetValueIds', value: JSON.stringify([String(facetValue)]) },
      { name: 'containsAny', value: 'false' },
      { name: 'combineWithAnd', value: 'true' },
    ],
  };
}
