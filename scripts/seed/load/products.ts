import { slugify, UniqueNames } from '../catalogue/slugs';
import type { Catalogue } from '../catalogue/catalogue';
import type { ProductDraft } from '../catalogue/product';
import { CATEGORIES, DEPARTMENTS, type OptionKind } from '../catalogue/taxonomy';
import { writeTexts, type ProductTexts } from '../catalogue/texts';
import { COLOURS, DERIVED_TAGS, OPTION_GROUPS } from '../catalogue/words';
import type { CollectionIds } from './collections';
import { timestamp } from './copy-text';
import type { FacetIds } from './facets';
import { inBatches, indexes } from './in-batches';
import type { LoadContext } from './load-context';

const BATCH = 2_000;
const STAMP = ['createdAt', 'updatedAt', 'id'];

/** Where the rows of the catalogue begin: ids follow the indexes of the catalogue. */
export interface CatalogueIds {
  /** Id of the product with index 0. */
  product: number;
  /** Id of the variant with index 0. */
  variant: number;
  /** By index modulo its length: the image of a product. */
  images: readonly number[];
}

export interface ProductLoadInput {
  catalogue: Catalogue;
  facets: FacetIds;
  collections: CollectionIds;
  /** In the order in which they are given to products. */
  images: readonly number[];
}

/** Writes products, variants, prices, options, and what connects them with facets, collections and images. */
export async function loadProducts(
  context: LoadContext,
  input: ProductLoadInput,
  onProgress: (done: number) => void,
): Promise<CatalogueIds> {
  const { catalogue } = input;
  const catalogueIds: CatalogueIds = {
    product: context.ids.reserve('product', catalogue.size),
    variant: context.ids.reserve('product_variant', catalogue.variants),
    images: input.images,
  };
  const rows = new ProductRows(context, input, catalogueIds);
  const names = new UniqueNames();
  const add = (index: number) => {
    const draft = catalogue.draft(index);
    const brand = catalogue.brands[draft.brand] as Catalogue['brands'][number];
    rows.add(draft, writeTexts(catalogue.textRandom, draft, brand, names));
  };
  await inBatches(context.writer, BATCH, indexes(catalogue.size), add, onProgress);
  return catalogueIds;
}

class ProductRows {
  private readonly tables;

  constructor(
    private readonly context: LoadContext,
    private readonly input: ProductLoadInput,
    private readonly first: CatalogueIds,
  ) {
    this.tables = productTables(context);
  }

  add(draft: ProductDraft, texts: ProductTexts): void {
    const { tables } = this;
    const { ids, base } = this.context;
    const id = this.first.product + draft.index;
    const time = timestamp(draft.createdAt);
    const image = this.first.images[draft.index % this.first.images.length];
    tables.product.row(time, time, id, true, image);
    tables.productText.row(
      time,
      time,
      ids.take('product_translation'),
      id,
      base.languageCode,
      texts.name,
      texts.slug,
      texts.description,
      texts.seoTitle,
      texts.seoDescription,
      texts.searchKeywords,
    );
    tables.productChannel.row(id, base.channelId);
    if (image !== undefined) tables.productAsset.row(time, time, ids.take('product_asset'), image, 0, id);
    for (const facetValue of this.facetValues(draft, texts)) tables.productFacet.row(id, facetValue);
    const optionIds = this.addOptions(draft, texts, id, time);
    draft.variants.forEach((_, position) => this.addVariant(draft, texts, position, optionIds, time));
  }

  private facetValues(draft: ProductDraft, texts: ProductTexts): number[] {
    const { facets, catalogue } = this.input;
    const category = CATEGORIES[draft.category] as (typeof CATEGORIES)[number];
    const tags = [
      ...(draft.fresh ? [DERIVED_TAGS.fresh.code] : []),
      ...(draft.bestseller ? [DERIVED_TAGS.bestseller.code] : []),
      ...(draft.reducedAt === undefined ? [] : [DERIVED_TAGS.sale.code]),
      ...texts.tags,
    ];
    return [
      facets.category.get(DEPARTMENTS[category.department]?.code ?? ''),
      facets.category.get(category.code),
      facets.brand.get(catalogue.brands[draft.brand]?.code ?? ''),
      facets.material.get(slugify(draft.material)),
      ...(draft.colour === undefined ? [] : [facets.colour.get(COLOURS[draft.colour]?.code ?? '')]),
      ...tags.map(tag => facets.tag.get(tag)),
    ].filter(value => value !== undefined);
  }

  /** Each product has option groups of its own: those of the platform's editor and of every storefront. */
  private addOptions(
    draft: ProductDraft,
    texts: ProductTexts,
    productId: number,
    time: string,
  ): Map<string, number> {
    const { tables } = this;
    const { ids, base } = this.context;
    const optionIds = new Map<string, number>();
    for (const kind of draft.options) {
      const group = OPTION_GROUPS[kind];
      const groupId = ids.take('product_option_group');
      tables.group.row(time, time, groupId, `${texts.slug}-${group.code}`);
      tables.groupText.row(
        time,
        time,
        ids.take('product_option_group_translation'),
        groupId,
        base.languageCode,
        group.name,
      );
      tables.groupChannel.row(groupId, base.channelId);
      tables.productGroup.row(productId, groupId);
      const used = draft.variants.flatMap(variant => variant.options.filter(option => option.kind === kind));
      for (const value of new Set(used.map(option => option.value))) {
        const definition = group.values[value] as (typeof group.values)[number];
        const optionId = ids.take('product_option');
        tables.option.row(time, time, optionId, definition.code, groupId);
        tables.optionText.row(
          time,
          time,
          ids.take('product_option_translation'),
          optionId,
          base.languageCode,
          definition.name,
        );
        tables.optionChannel.row(optionId, base.channelId);
        optionIds.set(optionKey(kind, value), optionId);
      }
    }
    return optionIds;
  }

  private addVariant(
    draft: ProductDraft,
    texts: ProductTexts,
    position: number,
    optionIds: ReadonlyMap<string, number>,
    time: string,
  ): void {
    const { tables } = this;
    const { ids, base } = this.context;
    const { catalogue, collections, facets } = this.input;
    const variant = draft.variants[position] as ProductDraft['variants'][number];
    const category = CATEGORIES[draft.category] as (typeof CATEGORIES)[number];
    const id = this.first.variant + (catalogue.firstVariant[draft.index] as number) + position;
    const tax = category.reducedTax === true ? base.tax.reduced : base.tax.standard;
    tables.variant.row(
      time,
      time,
      id,
      true,
      variant.sku,
      0,
      true,
      'INHERIT',
      tax.categoryId,
      this.first.product + draft.index,
    );
    const values = variant.options.map(({ kind, value }) => OPTION_GROUPS[kind].values[value]?.name ?? '');
    const name = [texts.name, ...values].join(' ');
    tables.variantText.row(time, time, ids.take('product_variant_translation'), id, base.languageCode, name);
    tables.variantChannel.row(id, base.channelId);
    tables.price.row(
      time,
      time,
      ids.take('product_variant_price'),
      base.currencyCode,
      base.channelId,
      variant.price,
      id,
      variant.listPrice,
    );
    for (const { kind, value } of variant.options) {
      tables.variantOption.row(id, optionIds.get(optionKey(kind, value)));
      const colour = kind === 'colour' ? facets.colour.get(COLOURS[value]?.code ?? '') : undefined;
      if (colour !== undefined) tables.variantFacet.row(id, colour);
    }
    tables.collection.row(collections.departments[category.department], id);
    tables.collection.row(collections.categories[draft.category], id);
  }
}

function optionKey(kind: OptionKind, value: number): string {
  return `${kind}:${value}`;
}

/** In the order in which they refer to each other. */
function productTables({ writer }: LoadContext) {
  const text = [...STAMP, 'baseId', 'languageCode', 'name'];
  return {
    product: writer.table('product', [...STAMP, 'enabled', 'featuredAssetId']),
    productText: writer.table('product_translation', [
      ...text,
      'slug',
      'description',
      'customFieldsSeotitle',
      'customFieldsSeodescription',
      'customFieldsSearchkeywords',
    ]),
    productChannel: writer.table('product_channels_channel', ['productId', 'channelId']),
    productAsset: writer.table('product_asset', [...STAMP, 'assetId', 'position', 'productId']),
    productFacet: writer.table('product_facet_values_facet_value', ['productId', 'facetValueId']),
    group: writer.table('product_option_group', [...STAMP, 'code']),
    groupText: writer.table('product_option_group_translation', text),
    groupChannel: writer.table('product_option_group_channels_channel', [
      'productOptionGroupId',
      'channelId',
    ]),
    productGroup: writer.table('product_option_groups_product_option_group', [
      'productId',
      'productOptionGroupId',
    ]),
    option: writer.table('product_option', [...STAMP, 'code', 'groupId']),
    optionText: writer.table('product_option_translation', text),
    optionChannel: writer.table('product_option_channels_channel', ['productOptionId', 'channelId']),
    variant: writer.table('product_variant', [
      ...STAMP,
      'enabled',
      'sku',
      'outOfStockThreshold',
      'useGlobalOutOfStockThreshold',
      'trackInventory',
      'taxCategoryId',
      'productId',
    ]),
    variantText: writer.table('product_variant_translation', text),
    variantChannel: writer.table('product_variant_channels_channel', ['productVariantId', 'channelId']),
    price: writer.table('product_variant_price', [
      ...STAMP,
      'currencyCode',
      'channelId',
      'price',
      'variantId',
      'customFieldsListprice',
    ]),
    variantOption: writer.table('product_variant_options_product_option', [
      'productVariantId',
      'productOptionId',
    ]),
    variantFacet: writer.table('product_variant_facet_values_facet_value', [
      'productVariantId',
      'facetValueId',
    ]),
    collection: writer.table('collection_product_variants_product_variant', [
      'collectionId',
      'productVariantId',
    ]),
  };
}
