/** The operations of staff that the tests use. */

const ERROR = `... on ErrorResult { errorCode message }`;

export const login = `
  mutation Login($username: String!, $password: String!) {
    login(username: $username, password: $password) { __typename ... on CurrentUser { id } ${ERROR} }
  }
`;

export const orderByCode = `
  query Orders($code: String!) {
    orders(options: { filter: { code: { eq: $code } } }) {
      items {
        id code state totalWithTax nextStates
        customer { emailAddress }
        lines { id quantity orderPlacedQuantity productVariant { id } }
        payments { id state amount refunds { id state } }
        fulfillments { id state trackingCode }
      }
    }
  }
`;

export const settle = `
  mutation Settle($id: ID!) { settlePayment(id: $id) { __typename ... on Payment { id state } ${ERROR} } }
`;

export const fulfill = `
  mutation Fulfill($input: FulfillOrderInput!) {
    addFulfillmentToOrder(input: $input) { __typename ... on Fulfillment { id state } ${ERROR} }
  }
`;

export const moveFulfillment = `
  mutation Move($id: ID!, $state: String!) {
    transitionFulfillmentToState(id: $id, state: $state) { __typename ... on Fulfillment { id state } ${ERROR} }
  }
`;

export const cancel = `
  mutation Cancel($input: CancelOrderInput!) {
    cancelOrder(input: $input) { __typename ... on Order { state } ${ERROR} }
  }
`;

export const refund = `
  mutation Refund($input: RefundOrderInput!) {
    refundOrder(input: $input) { __typename ... on Refund { id state total } ${ERROR} }
  }
`;

export const createPromotion = `
  mutation CreatePromotion($input: CreatePromotionInput!) {
    createPromotion(input: $input) { __typename ... on Promotion { id } ${ERROR} }
  }
`;

export const stockLevels = `
  query StockLevels($id: ID!) {
    productVariant(id: $id) { stockLevels { stockLocationId stockOnHand stockAllocated } }
  }
`;

export const updateVariant = `
  mutation UpdateVariant($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }
`;

export const reindex = `mutation { reindex { id } }`;
export const job = `query Job($id: ID!) { job(jobId: $id) { state error } }`;

export const createPaymentMethod = `
  mutation CreatePaymentMethod($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }
`;
