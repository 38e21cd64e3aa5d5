import type { Random } from '../random';
import { brandCount, brandWeights, makeBrands, type Brand } from './brands';
import { draftProduct, type ProductContext, type ProductDraft } from './product';
import { CATEGORIES, categoryIndex } from './taxonomy';

/**
 * A catalogue in the form that the simulation of orders needs: flat arrays of numbers, some 60 bytes a product,
 * so that 100,000 products fit beside everything else. Whole products are drawn again, one at a time, when they
 * are written.
 *
 * Products and variants are known by their index here; ids are given by the loader.
 */
export class Catalogue {
  readonly brands: readonly Brand[];
  readonly category: Uint8Array;
  readonly brand: Uint16Array;
  readonly createdAt: Float64Array;
  /** Infinity for a product that is not reduced. */
  readonly reducedAt: Float64Array;
  readonly popularity: Float32Array;
  /** Variants of product p are those from firstVariant[p] to firstVariant[p + 1] (excluded). */
  readonly firstVariant: Uint32Array;
  /** By variant: the price now, and before the reduction (the same when there is none). */
  readonly price: Uint32Array;
  readonly listPrice: Uint32Array;
  readonly productOfVariant: Uint32Array;

  private readonly random: Random;
  private readonly context: ProductContext;
  private readonly shelves: Shelves;

  constructor(
    root: Random,
    readonly size: number,
    readonly end: number,
  ) {
    this.random = root.fork('catalogue');
    this.brands = makeBrands(this.random.fork('brands'), brandCount(size));
    this.context = { brands: this.brands, brandWeights: brandWeights(this.brands), end };
    this.category = new Uint8Array(size);
    this.brand = new Uint16Array(size);
    this.createdAt = new Float64Array(size);
    this.reducedAt = new Float64Array(size);
    this.popularity = new Float32Array(size);
    this.firstVariant = new Uint32Array(size + 1);
    const price: number[] = [];
    const listPrice: number[] = [];
    const productOfVariant: number[] = [];
    for (let p = 0; p < size; p++) {
      const draft = this.draft(p);
      this.category[p] = draft.category;
      this.brand[p] = draft.brand;
      this.createdAt[p] = draft.createdAt;
      this.reducedAt[p] = draft.reducedAt ?? Infinity;
      this.popularity[p] = draft.popularity;
      for (const variant of draft.variants) {
        price.push(variant.price);
        listPrice.push(variant.listPrice ?? variant.price);
        productOfVariant.push(p);
      }
      this.firstVariant[p + 1] = price.length;
    }
    this.price = Uint32Array.from(price);
    this.listPrice = Uint32Array.from(listPrice);
    this.productOfVariant = Uint32Array.from(productOfVariant);
    this.shelves = new Shelves(this);
  }

  get variants(): number {
    return this.price.length;
  }

  /** The whole product, always the same for the same index. */
  draft(product: number): ProductDraft {
    return draftProduct(this.random, product, this.context);
  }

  /** By department: the weight of each brand there. */
  get brandWeights(): ProductContext['brandWeights'] {
    return this.context.brandWeights;
  }

  /** The stream from which the texts of products are drawn. */
  get textRandom(): Random {
    return this.random;
  }

  /** What a variant cost at a moment, in minor units without tax. */
  priceAt(variant: number, time: number): number {
    const product = this.productOfVariant[variant] as number;
    const reduced = (this.reducedAt[product] as number) <= time;
    return (reduced ? this.price[variant] : this.listPrice[variant]) as number;
  }

  /** Whether a brand has products in a category. */
  sells(category: number, brand: number): boolean {
    return this.shelves.ofBrand(category, brand) !== undefined;
  }

  /** The first variant of the product that was there before all others. */
  get oldestVariant(): number {
    let oldest = 0;
    for (let p = 1; p < this.size; p++) {
      if ((this.createdAt[p] as number) < (this.createdAt[oldest] as number)) oldest = p;
    }
    return this.firstVariant[oldest] as number;
  }

  /**
   * A product of a category, drawn by popularity, that was on sale at that time; of the brand, if one is given
   * and has any. Undefined when the category had nothing on sale.
   */
  pick(random: Random, category: number, time: number, brand?: number): number | undefined {
    const ofBrand = brand === undefined ? undefined : this.shelves.ofBrand(category, brand);
    if (ofBrand !== undefined) {
      const found = this.pickFrom(random, ofBrand, time);
      if (found !== undefined) return found;
    }
    const shelf = this.shelves.ofCategory(category);
    return shelf === undefined ? undefined : this.pickFrom(random, shelf, time);
  }

  /**
   * The products that go along with a product: up to two, always the same ones, of categories that go with its
   * own, preferably of the same brand. This is what makes some pairs be bought together far more often than
   * their popularity explains.
   */
  companions(product: number): number[] {
    const random = this.random.fork('companions', product);
    const { goesWith } = CATEGORIES[this.category[product] as number] as (typeof CATEGORIES)[number];
    const companions = goesWith.slice(0, 2).map(code => {
      const brand = random.chance(0.5) ? this.brand[product] : undefined;
      return this.pick(random, categoryIndex(code), this.createdAt[product] as number, brand);
    });
    return companions.filter(other => other !== undefined && other !== product) as number[];
  }

  private pickFrom(random: Random, shelf: Shelf, time: number): number | undefined {
    // Most products are older than any order, so that a few attempts nearly always find one.
    for (let attempt = 0; attempt < 8; attempt++) {
      const product = shelf.draw(random);
      if ((this.createdAt[product] as number) <= time) return product;
    }
    const oldest = shelf.oldest;
    return (this.createdAt[oldest] as number) <= time ? oldest : undefined;
  }
}

/** Products that can be drawn in proportion to their popularity. */
class Shelf {
  readonly oldest: number;
  private readonly products: Uint32Array;
  private readonly cumulative: Float64Array;

  constructor(products: readonly number[], catalogue: Catalogue) {
    this.products = Uint32Array.from(products);
    this.cumulative = new Float64Array(products.length);
    let sum = 0;
    let oldest = products[0] as number;
    products.forEach((product, i) => {
      sum += catalogue.popularity[product] as number;
      this.cumulative[i] = sum;
      if ((catalogue.createdAt[product] as number) < (catalogue.createdAt[oldest] as number))
        oldest = product;
    });
    this.oldest = oldest;
  }

  draw(random: Random): number {
    const point = random.float() * (this.cumulative[this.cumulative.length - 1] as number);
    let low = 0;
    let high = this.cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cumulative[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return this.products[low] as number;
  }
}

class Shelves {
  private readonly byCategory = new Map<number, Shelf>();
  private readonly byBrand = new Map<number, Shelf>();

  constructor(catalogue: Catalogue) {
    const categories = new Map<number, number[]>();
    const brands = new Map<number, number[]>();
    for (let p = 0; p < catalogue.size; p++) {
      const category = catalogue.category[p] as number;
      append(categories, category, p);
      append(brands, this.key(category, catalogue.brand[p] as number), p);
    }
    for (const [key, products] of categories) this.byCategory.set(key, new Shelf(products, catalogue));
    for (const [key, products] of brands) this.byBrand.set(key, new Shelf(products, catalogue));
  }

  ofCategory(category: number): Shelf | undefined {
    return this.byCategory.get(category);
  }

  ofBrand(category: number, brand: number): Shelf | undefined {
    return this.byBrand.get(this.key(category, brand));
  }

  private key(category: number, brand: number): number {
    return category * 65_536 + brand;
  }
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
