import type { Random } from '../random';
import type { Brand } from './brands';
import { drawReduction, reducedPrice, tidyPrice, type Price } from './prices';
import { CATEGORIES, type Category, type OptionKind } from './taxonomy';
import { COLOURS, OPTION_GROUPS } from './words';

const DAY_MS = 86_400_000;

/** Products are added over this time before the end of the history. */
const CATALOGUE_DAYS = 730;
const REDUCED_SHARE = 0.18;
/** Bestsellers are the products above this point of the popularity distribution: the top 3 %. */
const POPULARITY_ALPHA = 1.3;
const BESTSELLER_POPULARITY = 0.03 ** (-1 / POPULARITY_ALPHA);
const FRESH_DAYS = 60;

export interface OptionValue {
  kind: OptionKind;
  /** Index into the values of its option group. */
  value: number;
}

export interface VariantDraft extends Price {
  options: readonly OptionValue[];
  sku: string;
  /** Units that can be sold at the end of the history, over all warehouses. */
  available: number;
}

/** Everything about a product but its texts. */
export interface ProductDraft {
  index: number;
  /** Index into CATEGORIES. */
  category: number;
  /** Index into the brands. */
  brand: number;
  noun: string;
  material: string;
  createdAt: number;
  /** How often it is bought, in proportion to the others of its category. */
  popularity: number;
  /** When its price was reduced (epoch ms); undefined when it is not. */
  reducedAt?: number;
  /** Colour of a product whose variants do not differ in it; index into COLOURS. */
  colour?: number;
  bestseller: boolean;
  fresh: boolean;
  options: readonly OptionKind[];
  variants: readonly VariantDraft[];
}

export interface ProductContext {
  brands: readonly Brand[];
  /** As of `brandWeights`. */
  brandWeights: readonly (readonly number[])[];
  /** End of the history, epoch ms. */
  end: number;
}

/** Shelf space of a category follows its demand, but less steeply: slow categories have a choice, too. */
const SHELF_WEIGHTS = CATEGORIES.map(category => Math.sqrt(category.demand));

/**
 * Draws one product. It depends on its own stream only, so that a bigger catalogue begins with the products of a
 * smaller one (as long as both have the same brands).
 */
export function draftProduct(root: Random, index: number, context: ProductContext): ProductDraft {
  const random = root.fork('product', index);
  // The first ones go round the categories, so that even a tiny shop has something in each.
  const category = index < CATEGORIES.length ? index : random.weighted(SHELF_WEIGHTS);
  const definition = CATEGORIES[category] as (typeof CATEGORIES)[number];
  const brand = random.weighted(context.brandWeights[definition.department] as readonly number[]);
  const createdAt = context.end - random.float() * CATALOGUE_DAYS * DAY_MS;
  const popularity = Math.min(random.pareto(POPULARITY_ALPHA), 60);
  const reduction = random.chance(REDUCED_SHARE) ? drawReduction(random) : 0;
  const options = drawOptions(random, definition);
  const basePrice = random.logNormal(definition.price, definition.spread * 0.7);
  const sku = `${(context.brands[brand] as Brand).sku}-${String(index + 1).padStart(5, '0')}`;
  const variants = combine(options).map(values => ({
    options: values,
    sku: [sku, ...values.map(({ kind, value }) => OPTION_GROUPS[kind].values[value]?.sku)].join('-'),
    ...reducedPrice(tidyPrice(basePrice * priceFactor(values)), reduction),
    available: drawStock(random),
  }));
  const reduced = variants.some(variant => variant.listPrice !== undefined);
  const reducedFrom = Math.max(createdAt, context.end - 120 * DAY_MS);
  return {
    index,
    category,
    brand,
    noun: random.pick(definition.nouns),
    material: random.pick(definition.materials),
    createdAt,
    popularity,
    ...(reduced ? { reducedAt: reducedFrom + random.float() * (context.end - reducedFrom) } : {}),
    ...(options.some(option => option.kind === 'colour') || random.chance(0.4)
      ? {}
      : { colour: random.int(0, COLOURS.length - 1) }),
    bestseller: popularity >= BESTSELLER_POPULARITY,
    fresh: createdAt > context.end - FRESH_DAYS * DAY_MS,
    options: options.map(option => option.kind),
    variants,
  };
}

interface DrawnOption {
  kind: OptionKind;
  values: readonly number[];
}

/** One to four variants: none, one or two option groups, two values each when there are two groups. */
function drawOptions(random: Random, category: Category): DrawnOption[] {
  if (category.options.length === 0 || random.chance(0.25)) return [];
  if (category.options.length > 1 && random.chance(0.4)) {
    return category.options.slice(0, 2).map(kind => ({ kind, values: drawValues(random, kind, 2) }));
  }
  const kind = random.pick(category.options);
  return [{ kind, values: drawValues(random, kind, random.int(2, 4)) }];
}

/** Neighbouring sizes, or any colours. */
function drawValues(random: Random, kind: OptionKind, count: number): number[] {
  const all = OPTION_GROUPS[kind].values.map((_, index) => index);
  if (kind === 'colour') return random.sample(all, count).sort((a, b) => a - b);
  const wanted = Math.min(count, all.length);
  const first = random.int(0, all.length - wanted);
  return all.slice(first, first + wanted);
}

function combine(options: readonly DrawnOption[]): OptionValue[][] {
  return options.reduce<OptionValue[][]>(
    (rows, option) => rows.flatMap(row => option.values.map(value => [...row, { kind: option.kind, value }])),
    [[]],
  );
}

function priceFactor(values: readonly OptionValue[]): number {
  return values.reduce(
    (factor, { kind, value }) => factor * (OPTION_GROUPS[kind].values[value]?.price ?? 1),
    1,
  );
}

/** 4 % are out of stock, 8 % are nearly so. */
function drawStock(random: Random): number {
  const point = random.float();
  if (point < 0.04) return 0;
  if (point < 0.12) return random.int(1, 5);
  return random.int(20, 400);
}
