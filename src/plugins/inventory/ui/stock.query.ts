import { gql } from 'graphql-tag';

/** What the API asks for; one of them is enough. */
export const READ = ['ReadCatalog', 'ReadProduct'];
export const UPDATE = ['UpdateCatalog', 'UpdateProduct'];
export const READ_LOCATIONS = ['ReadCatalog', 'ReadStockLocation'];
export const READ_ORDER = 'ReadOrder';

export interface List<T> {
  items: T[];
  totalItems: number;
}

export interface Location {
  id: string;
  name: string;
}

/** The variant and the location that a row is about. */
export interface Place {
  productId: string;
  productVariantId: string;
  sku: string;
  productVariantName: string;
  stockLocationId: string;
  stockLocationName: string;
}

export interface Figures {
  onHand: number;
  allocated: number;
  held: number;
}

export interface OverviewRow extends Place, Figures {
  tracked: boolean;
  saleable: number;
  expected: Array<{ quantity: number; at: string | null }>;
  expectedQuantity: number;
  threshold: number | null;
  ownThreshold: boolean;
  low: boolean;
}

export interface RunningHold extends Place {
  id: string;
  createdAt: string;
  expiresAt: string;
  quantity: number;
  orderId: string;
  orderCode: string;
}

export type LedgerKind =
  | 'ALLOCATION'
  | 'SALE'
  | 'RELEASE'
  | 'CANCELLATION'
  | 'ADJUSTMENT'
  | 'HOLD_PLACED'
  | 'HOLD_CONSUMED'
  | 'HOLD_RELEASED'
  | 'HOLD_EXPIRED';

export interface LedgerEntry extends Place {
  cursor: string;
  at: string;
  kind: LedgerKind;
  quantity: number;
  orderId: string | null;
  orderCode: string | null;
  userId: string | null;
  userIdentifier: string | null;
  change: Figures;
  balance: Figures | null;
}

export type PickListState = 'open' | 'picked' | 'cancelled';

export interface PickList {
  id: string;
  createdAt: string;
  orderId: string;
  orderCode: string;
  stockLocationName: string;
  state: PickListState;
  lines: Array<{
    orderLineId: string;
    productId: string;
    productVariantId: string;
    sku: string;
    name: string;
    quantity: number;
  }>;
}

export interface RecountRow {
  productVariantId: string;
  sku: string;
  stockLocationId: string;
  stockLocationName: string;
  onHand: number;
  allocated: number;
  countedOnHand: number;
  countedAllocated: number;
  differs: boolean;
}

export const LOCATIONS = gql`
  query StockPageLocations {
    stockLocations(options: { take: 100, sort: { name: ASC } }) {
      items {
        id
        name
      }
    }
  }
`;

export const OVERVIEW = gql`
  query StockPageOverview($options: StockOverviewOptions) {
    stockOverview(options: $options) {
      items {
        productId
        productVariantId
        sku
        productVariantName
        stockLocationId
        stockLocationName
        tracked
        onHand
        allocated
        held
        saleable
        expected {
          quantity
          at
        }
        expectedQuantity
        threshold
        ownThreshold
        low
      }
      totalItems
    }
  }
`;

export const HOLDS = gql`
  query StockPageHolds($options: RunningStockHoldsOptions) {
    runningStockHolds(options: $options) {
      items {
        id
        createdAt
        expiresAt
        quantity
        orderId
        orderCode
        productId
        productVariantId
        sku
        productVariantName
        stockLocationId
        stockLocationName
      }
      totalItems
    }
  }
`;

export const LEDGER = gql`
  query StockPageLedger($options: StockLedgerOptions) {
    stockLedger(options: $options) {
      items {
        cursor
        at
        kind
        quantity
        productId
        productVariantId
        sku
        productVariantName
        stockLocationId
        stockLocationName
        orderId
        orderCode
        userId
        userIdentifier
        change {
          onHand
          allocated
          held
        }
        balance {
          onHand
          allocated
          held
        }
      }
      nextCursor
    }
  }
`;

export const PICK_LISTS = gql`
  query StockPagePickLists($options: PickListsOptions) {
    pickLists(options: $options) {
      items {
        id
        createdAt
        orderId
        orderCode
        stockLocationName
        state
        lines {
          orderLineId
          productId
          productVariantId
          sku
          name
          quantity
        }
      }
      totalItems
    }
  }
`;

export const RECOUNT = gql`
  query StockPageRecount($ids: [ID!]!) {
    stockRecount(productVariantIds: $ids) {
      productVariantId
      sku
      stockLocationId
      stockLocationName
      onHand
      allocated
      countedOnHand
      countedAllocated
      differs
    }
  }
`;

export const SET_THRESHOLDS = gql`
  mutation StockPageSetThresholds($input: [StockThresholdInput!]!) {
    setStockThresholds(input: $input)
  }
`;
