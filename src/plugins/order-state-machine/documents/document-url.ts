export const DOCUMENT_ROUTE = 'order-documents';

/** Where staff open a document, below the shop's own address. */
export function documentUrl(id: string | number): string {
  return `/${DOCUMENT_ROUTE}/${id}`;
}
