/** One line of a packing list, with the height that its text needs. */
export interface MeasuredRow<T> {
  row: T;
  height: number;
}

/**
 * Deals rows out to pages, in their order, each page filled as far as it goes. A row that is taller than a page has one
 * to itself. There is always at least one page.
 */
export function paginate<T>(
  rows: ReadonlyArray<MeasuredRow<T>>,
  space: { firstPage: number; otherPages: number },
): Array<Array<MeasuredRow<T>>> {
  const pages: Array<Array<MeasuredRow<T>>> = [[]];
  let left = space.firstPage;
  for (const row of rows) {
    let page = pages[pages.length - 1] as Array<MeasuredRow<T>>;
    if (row.height > left && (page.length > 0 || (pages.length === 1 && space.otherPages > left))) {
      page = [];
      pages.push(page);
      left = space.otherPages;
    }
    page.push(row);
    left -= row.height;
  }
  return pages;
}
