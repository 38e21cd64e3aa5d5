import type { Random } from '../random';
import { DEPARTMENTS } from './taxonomy';

export interface Brand {
  name: string;
  code: string;
  /** About three letters, different for each brand: the beginning of its SKUs. */
  sku: string;
  /** Departments in which it sells, by index. */
  departments: readonly number[];
  /** Its share of the products of a department, in proportion to the others. */
  weight: number;
}

/** How many brands a shop of this many products has: 40, and one more for each 500 products, at most 300. */
export function brandCount(products: number): number {
  return Math.min(300, FIRST_BRANDS.length + Math.floor(products / 500));
}

/** Invented; five to a department, so that every department has several in the smallest shop. */
const FIRST_BRANDS: readonly string[] =
  'Voltara Quanta Lumio Ferrox Pixelle Hearthly Olmek Brunetta&Co Casavia Sommar Norvik Threadwell Maresol Kinsley&Sons Aldera Stridon Peakform Ridgeback Velocita Trailhead Dermia Florens Botanika Saponne Glowery Playforge Kubikon Merrimade Tinkertop Jolliwood Greenhalm Terranova Rootwell Arborea Gartenhof Papeterie Inkwell Folio&Quill Deskora Bindery'.split(
    ' ',
  );

const STARTS = [
  'Al',
  'Bel',
  'Cor',
  'Dra',
  'El',
  'Fen',
  'Gal',
  'Hal',
  'Is',
  'Jor',
  'Kal',
  'Lor',
  'Mar',
  'Nor',
];
const MIDDLES = ['a', 'en', 'i', 'or', 'u', 'ella', 'ani', 'eri', 'ovi', 'and'];
const ENDS = ['dor', 'via', 'mark', 'field', 'nex', 'tone', 'wick', 'lan', 'sen', 'mont', 'ra', 'ley'];

/**
 * The brands of a shop. A brand is the same in a shop of any size that has it, so a bigger shop only adds
 * brands.
 */
export function makeBrands(random: Random, count: number): Brand[] {
  const names = new Set<string>();
  const skus = new Set<string>();
  const brands: Brand[] = [];
  for (let i = 0; i < count; i++) {
    const own = random.fork('brand', i);
    let name = FIRST_BRANDS[i]?.replace('&', ' & ') ?? inventName(own);
    while (names.has(name)) name = inventName(own);
    names.add(name);
    const home = i < FIRST_BRANDS.length ? Math.floor(i / 5) : own.int(0, DEPARTMENTS.length - 1);
    const others = own.chance(0.25) ? [own.int(0, DEPARTMENTS.length - 1)] : [];
    brands.push({
      name,
      code: name
        .toLowerCase()
        .replace(/ & /g, '-and-')
        .replace(/[^a-z0-9]+/g, '-'),
      sku: uniqueSku(name, skus),
      departments: [...new Set([home, ...others])],
      weight: own.pareto(1.3),
    });
  }
  return brands;
}

/** By department: the weight of each brand there, 0 for one that does not sell in it. */
export function brandWeights(brands: readonly Brand[]): number[][] {
  return DEPARTMENTS.map((_, department) =>
    brands.map(brand => (brand.departments.includes(department) ? brand.weight : 0)),
  );
}

function inventName(random: Random): string {
  return random.pick(STARTS) + random.pick(MIDDLES) + random.pick(ENDS);
}

/** The first letters of the name; the last of them counts on when another brand has the same. */
function uniqueSku(name: string, taken: Set<string>): string {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, '');
  const base = letters.slice(0, 3);
  let sku = base;
  for (let n = 0; taken.has(sku); n++) {
    sku = base.slice(0, 2) + (letters[3 + n] ?? n.toString(36).toUpperCase());
  }
  taken.add(sku);
  return sku;
}
