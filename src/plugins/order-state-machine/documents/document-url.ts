export const DOCUMENT_ROUTE = 'order-documents';

/**
 * Where staff open a document, below the shop's own address. A link sends no header: the channel is in it.
 *
 * @param channelToken of the channel in which the link is made
 * @param tokenKey how the platform calls it in a query
 */
export function documentUrl(id: string | number, tokenKey: string, channelToken: string): string {
  return `/${DOCUMENT_ROUTE}/${id}?${encodeURIComponent(tokenKey)}=${encodeURIComponent(channelToken)}`;
}
