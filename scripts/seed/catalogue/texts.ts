import type { Random } from '../random';
import type { Brand } from './brands';
import type { ProductDraft } from './product';
import type { UniqueNames } from './slugs';
import { CATEGORIES, type Category } from './taxonomy';
import { ENDINGS, FREE_TAGS, LINES, MIDDLES, OPENINGS } from './words';

export interface ProductTexts {
  name: string;
  /** Differs from that of every other product. */
  slug: string;
  description: string;
  seoTitle: string;
  seoDescription: string;
  searchKeywords: string;
  /** Codes of its free tags. */
  tags: readonly string[];
}

/** Writes the texts of a product. `names` must have seen the products before it, in order. */
export function writeTexts(
  root: Random,
  draft: ProductDraft,
  brand: Brand,
  names: UniqueNames,
): ProductTexts {
  const random = root.fork('texts', draft.index);
  const category = CATEGORIES[draft.category] as Category;
  const line = random.pick(LINES);
  const { name, slug } = names.claim(`${brand.name} ${line} ${draft.noun}`);
  const fill = (template: string) =>
    template
      .replaceAll('{name}', name)
      .replaceAll('{brand}', brand.name)
      .replaceAll('{line}', line)
      .replaceAll('{material}', draft.material)
      .replaceAll('{category}', category.name.toLowerCase());
  const opening = fill(random.pick(OPENINGS));
  const sentences = [opening, fill(random.pick(MIDDLES)), ...random.sample(ENDINGS, 2).map(fill)];
  return {
    name,
    slug,
    description: sentences.join(' '),
    seoTitle: `${name} | ${category.name} by ${brand.name}`,
    seoDescription: `${opening} ${draft.material.charAt(0).toUpperCase()}${draft.material.slice(1)}, by ${brand.name}.`,
    searchKeywords: `${category.keywords}, ${draft.material}`,
    tags: FREE_TAGS.filter(tag => random.chance(tag.share)).map(tag => tag.code),
  };
}
