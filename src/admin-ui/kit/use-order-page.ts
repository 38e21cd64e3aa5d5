import { DataService, SortOrder } from '@vendure/admin-ui/core';
import { useInjector } from '@vendure/admin-ui/react';
import { useCallback, useEffect } from 'react';

/** What is needed of the order that the platform's page has read. */
export interface PageOrder {
  id: string;
  updatedAt: string;
}

/**
 * Keeps a part of the platform's order page and the page itself in step: each learns of what the other one has seen
 * first.
 *
 * @param seenHere when the order changed last, as the part has read it
 * @returns has the page read the order and its history anew, the way it does after its own actions
 */
export function useOrderPage(
  { id, updatedAt }: PageOrder,
  seenHere: string | undefined,
  refreshHere: () => void,
): () => void {
  const dataService = useInjector(DataService);
  const refreshPage = useCallback(() => {
    const ignore = { error: () => undefined };
    dataService.order.getOrder(id).single$.subscribe(ignore);
    // With the options of the page: its list follows the answer to its own question.
    dataService.order.getOrderHistory(id, { sort: { createdAt: SortOrder.DESC } }).single$.subscribe(ignore);
  }, [dataService, id]);

  useEffect(() => {
    if (seenHere === undefined) return;
    if (updatedAt > seenHere) refreshHere();
    if (updatedAt < seenHere) refreshPage();
  }, [updatedAt, seenHere]);
  return refreshPage;
}
