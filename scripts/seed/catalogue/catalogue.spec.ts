import { Random } from '../random';
import { brandCount, makeBrands } from './brands';
import { Catalogue } from './catalogue';
import { UniqueNames, slugify } from './slugs';
import { CATEGORIES, DEPARTMENTS } from './taxonomy';
import { writeTexts } from './texts';

const DAY_MS = 86_400_000;
const END = Date.UTC(2026, 5, 1);

const make = (size: number, seed = 1) => new Catalogue(Random.of(seed), size, END);

function everything(catalogue: Catalogue) {
  const names = new UniqueNames();
  return Array.from({ length: catalogue.size }, (_, i) => {
    const draft = catalogue.draft(i);
    const brand = catalogue.brands[draft.brand]!;
    return { draft, brand, texts: writeTexts(catalogue.textRandom, draft, brand, names) };
  });
}

describe('the taxonomy', () => {
  it('has an electronics department, codes that differ, and only known companions', () => {
    const codes = [...DEPARTMENTS, ...CATEGORIES].map(({ code }) => code);
    expect(codes).toContain('electronics');
    expect(new Set(codes).size).toBe(codes.length);
    for (const { goesWith } of CATEGORIES) expect(codes).toEqual(expect.arrayContaining([...goesWith]));
  });
});

describe('Catalogue', () => {
  const catalogue = make(400);
  const all = everything(catalogue);

  it('is the same for the same seed, and another for another', () => {
    expect(everything(make(400))).toEqual(all);
    expect(everything(make(400, 2))).not.toEqual(all);
  });

  it('begins with the products of a smaller shop that has the same brands', () => {
    expect(everything(make(120))).toEqual(all.slice(0, 120));
  });

  it('has a product in each category, more than 30 brands, and different SKUs, slugs and brand codes', () => {
    expect(new Set(catalogue.category).size).toBe(CATEGORIES.length);
    expect(new Set(catalogue.brand).size).toBeGreaterThan(30);
    const skus = all.flatMap(({ draft }) => draft.variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.length).toBe(catalogue.variants);
    const slugs = all.map(({ texts }) => texts.slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const { texts } of all) expect(slugify(texts.name)).toBe(texts.slug);
    const big = makeBrands(Random.of(1), brandCount(30_000));
    expect(big.length).toBe(100);
    for (const key of ['code', 'sku', 'name'] as const) {
      expect(new Set(big.map(brand => brand[key])).size).toBe(big.length);
    }
  });

  it('gives each product one to four variants of different options, and a brand of its department', () => {
    for (const { draft, brand } of all) {
      expect(draft.variants.length).toBeGreaterThanOrEqual(1);
      expect(draft.variants.length).toBeLessThanOrEqual(4);
      const options = draft.variants.map(variant => JSON.stringify(variant.options));
      expect(new Set(options).size).toBe(options.length);
      expect(brand.departments).toContain(CATEGORIES[draft.category]!.department);
    }
  });

  it('reduces some prices, and knows what each cost before', () => {
    const reduced = all.filter(({ draft }) => draft.reducedAt !== undefined);
    expect(reduced.length / all.length).toBeGreaterThan(0.1);
    expect(reduced.length / all.length).toBeLessThan(0.3);
    for (const { draft } of reduced) {
      const first = catalogue.firstVariant[draft.index]!;
      const { price, listPrice } = draft.variants[0]!;
      expect(catalogue.priceAt(first, draft.reducedAt! - 1)).toBe(listPrice ?? price);
      expect(catalogue.priceAt(first, draft.reducedAt!)).toBe(price);
      expect(draft.reducedAt!).toBeGreaterThanOrEqual(draft.createdAt);
    }
  });

  it('leaves some variants out of stock and some nearly so, and most on the shelf', () => {
    const stock = all.flatMap(({ draft }) => draft.variants.map(variant => variant.available));
    const share = (test: (units: number) => boolean) => stock.filter(test).length / stock.length;
    expect(share(units => units === 0)).toBeGreaterThan(0.01);
    expect(share(units => units > 0 && units <= 5)).toBeGreaterThan(0.03);
    expect(share(units => units > 5)).toBeGreaterThan(0.8);
  });

  it('adds products over two years', () => {
    const ages = [...catalogue.createdAt].map(time => (END - time) / DAY_MS);
    expect(Math.max(...ages)).toBeLessThanOrEqual(730);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ages)).toBeGreaterThan(650);
  });

  it('picks by popularity, of the brand that was asked for, and nothing that was not on sale yet', () => {
    const random = Random.of('picks');
    for (let i = 0; i < 500; i++) {
      const category = random.int(0, CATEGORIES.length - 1);
      const time = END - random.int(0, 365) * DAY_MS;
      const picked = catalogue.pick(random, category, time);
      if (picked === undefined) continue;
      expect(catalogue.category[picked]).toBe(category);
      expect(catalogue.createdAt[picked]).toBeLessThanOrEqual(time);
    }
    const sample = all[0]!.draft;
    const ofBrand = catalogue.pick(random, sample.category, END, sample.brand)!;
    expect(catalogue.brand[ofBrand]).toBe(sample.brand);
  });

  it('gives a product the same companions each time, of the categories that go with its own', () => {
    for (const { draft } of all) {
      const companions = catalogue.companions(draft.index);
      expect(catalogue.companions(draft.index)).toEqual(companions);
      expect(companions).not.toContain(draft.index);
      for (const companion of companions) {
        expect(CATEGORIES[draft.category]!.goesWith).toContain(
          CATEGORIES[catalogue.category[companion]!]!.code,
        );
      }
    }
  });

  it('keeps texts within what the columns and search engines take', () => {
    for (const { texts } of all) {
      expect(texts.seoTitle.length).toBeLessThanOrEqual(255);
      expect(texts.description.length).toBeLessThan(2_600);
      expect(`${texts.description}${texts.seoDescription}`).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe('UniqueNames', () => {
  it('numbers what is taken, also when a number was asked for by name', () => {
    const names = new UniqueNames();
    const claimed = ['A Pan', 'A Pan 2', 'A Pan', 'A  pan!', 'A Pan'].map(name => names.claim(name).slug);
    expect(claimed).toEqual(['a-pan', 'a-pan-2', 'a-pan-3', 'a-pan-4', 'a-pan-5']);
  });
});
