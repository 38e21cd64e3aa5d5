import { slugify } from '../catalogue/slugs';
import type { Brand } from '../catalogue/brands';
import { CATEGORIES, DEPARTMENTS } from '../catalogue/taxonomy';
import { COLOURS, DERIVED_TAGS, FREE_TAGS } from '../catalogue/words';
import { timestamp } from './copy-text';
import type { LoadContext } from './load-context';

/** Ids of facet values, by the code of the thing they stand for. */
export interface FacetIds {
  /** Departments and categories. */
  category: ReadonlyMap<string, number>;
  brand: ReadonlyMap<string, number>;
  colour: ReadonlyMap<string, number>;
  material: ReadonlyMap<string, number>;
  tag: ReadonlyMap<string, number>;
}

interface FacetDefinition {
  code: string;
  name: string;
  values: readonly { code: string; name: string }[];
}

/** Departments and categories share a facet, as in the platform's own sample shop. */
function definitions(brands: readonly Brand[]): readonly FacetDefinition[] {
  const materials = [...new Set(CATEGORIES.flatMap(category => category.materials))].sort();
  return [
    { code: 'category', name: 'Category', values: [...DEPARTMENTS, ...CATEGORIES] },
    { code: 'brand', name: 'Brand', values: brands },
    { code: 'colour', name: 'Colour', values: COLOURS },
    {
      code: 'material',
      name: 'Material',
      values: materials.map(name => ({
        code: slugify(name),
        name: name.charAt(0).toUpperCase() + name.slice(1),
      })),
    },
    { code: 'tag', name: 'Tag', values: [...Object.values(DERIVED_TAGS), ...FREE_TAGS] },
  ];
}

/** Writes the facets and their values. */
export async function loadFacets(context: LoadContext, brands: readonly Brand[]): Promise<FacetIds> {
  const { writer, ids, base } = context;
  const stamp = ['createdAt', 'updatedAt'];
  const facets = writer.table('facet', [...stamp, 'id', 'code', 'isPrivate']);
  const facetTexts = writer.table('facet_translation', [...stamp, 'id', 'baseId', 'languageCode', 'name']);
  const facetChannels = writer.table('facet_channels_channel', ['facetId', 'channelId']);
  const values = writer.table('facet_value', [...stamp, 'id', 'code', 'facetId']);
  const valueTexts = writer.table('facet_value_translation', [
    ...stamp,
    'id',
    'baseId',
    'languageCode',
    'name',
  ]);
  const valueChannels = writer.table('facet_value_channels_channel', ['facetValueId', 'channelId']);
  const time = timestamp(context.openedAt);
  const byFacet = new Map<string, Map<string, number>>();
  for (const facet of definitions(brands)) {
    const facetId = ids.take('facet');
    facets.row(time, time, facetId, facet.code, false);
    facetTexts.row(time, time, ids.take('facet_translation'), facetId, base.languageCode, facet.name);
    facetChannels.row(facetId, base.channelId);
    const valueIds = new Map<string, number>();
    for (const { code, name } of facet.values) {
      const id = ids.take('facet_value');
      values.row(time, time, id, code, facetId);
      valueTexts.row(time, time, ids.take('facet_value_translation'), id, base.languageCode, name);
      valueChannels.row(id, base.channelId);
      valueIds.set(code, id);
    }
    byFacet.set(facet.code, valueIds);
  }
  await writer.flush();
  const of = (code: string) => byFacet.get(code) ?? new Map<string, number>();
  return {
    category: of('category'),
    brand: of('brand'),
    colour: of('colour'),
    material: of('material'),
    tag: of('tag'),
  };
}
