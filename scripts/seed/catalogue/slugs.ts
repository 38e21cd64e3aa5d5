/** Lower-case words joined by dashes, as in an address. */
export function slugify(text: string): string {
  return text
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Hands out names whose slugs all differ: a name that is taken gets a number. */
export class UniqueNames {
  private readonly taken = new Set<string>();
  private readonly lastNumber = new Map<string, number>();

  claim(wanted: string): { name: string; slug: string } {
    const base = slugify(wanted);
    let name = wanted;
    let slug = base;
    for (let n = (this.lastNumber.get(base) ?? 1) + 1; this.taken.has(slug); n++) {
      name = `${wanted} ${n}`;
      slug = `${base}-${n}`;
      this.lastNumber.set(base, n);
    }
    this.taken.add(slug);
    return { name, slug };
  }
}
