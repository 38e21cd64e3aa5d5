import type { Lists } from '../../types';

/** Whether an address is in a list of them; undefined where there is no such list, or it cannot be asked. */
export function isIpListed(lists: Lists, list: string, ip: string): boolean | undefined {
  try {
    return lists.has(list, ip);
  } catch {
    return undefined;
  }
}
