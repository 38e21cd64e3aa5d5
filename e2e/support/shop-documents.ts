/** The operations of a plain storefront. */

const ERROR = `... on ErrorResult { errorCode message }`;

const ORDER = `
  fragment OrderFields on Order {
    __typename id code state active totalQuantity subTotalWithTax shippingWithTax totalWithTax couponCodes
    customer { id emailAddress }
    shippingAddress { fullName streetLine1 countryCode }
    lines {
      id quantity linePriceWithTax discountedLinePriceWithTax
      productVariant { id sku name }
    }
    discounts { description amountWithTax }
    payments { id state amount method }
    fulfillments { id state trackingCode }
  }
`;

const orderMutation = (variables: string, field: string) => `
  mutation Step(${variables}) {
    ${field} { __typename ...OrderFields ${ERROR} }
  }
  ${ORDER}
`;

const accountMutation = (variables: string, field: string, success: string) => `
  mutation Account(${variables}) {
    ${field} { __typename ... on ${success} { ${success === 'Success' ? 'success' : 'id identifier'} } ${ERROR} }
  }
`;

export const collections = `query { collections(options: { take: 100 }) { items { id slug name parent { slug } } } }`;

export const search = `
  query Search($input: SearchInput!) {
    search(input: $input) {
      totalItems
      items { productId productName slug productVariantId }
      facetValues { count facetValue { id name facet { name } } }
    }
  }
`;

export const productSlugs = `
  query ProductSlugs($take: Int!) { products(options: { take: $take, sort: { id: ASC } }) { items { slug } } }
`;

export const product = `
  query Product($slug: String!) {
    product(slug: $slug) {
      id slug name
      variants { id sku name priceWithTax stockLevel }
    }
  }
`;

export const activeOrder = `query { activeOrder { ...OrderFields } } ${ORDER}`;
export const orderByCode = `query ByCode($code: String!) { orderByCode(code: $code) { ...OrderFields } } ${ORDER}`;

export const orderHistory = `
  query {
    activeCustomer {
      orders(options: { take: 20, sort: { orderPlacedAt: DESC }, filter: { active: { eq: false } } }) {
        items { ...OrderFields }
      }
    }
  }
  ${ORDER}
`;

export const addItem = orderMutation(
  '$productVariantId: ID!, $quantity: Int!',
  'addItemToOrder(productVariantId: $productVariantId, quantity: $quantity)',
);
export const adjustLine = orderMutation(
  '$orderLineId: ID!, $quantity: Int!',
  'adjustOrderLine(orderLineId: $orderLineId, quantity: $quantity)',
);
export const removeLine = orderMutation('$orderLineId: ID!', 'removeOrderLine(orderLineId: $orderLineId)');
export const applyCoupon = orderMutation('$couponCode: String!', 'applyCouponCode(couponCode: $couponCode)');
export const setCustomer = orderMutation(
  '$input: CreateCustomerInput!',
  'setCustomerForOrder(input: $input)',
);
export const setShippingAddress = orderMutation(
  '$input: CreateAddressInput!',
  'setOrderShippingAddress(input: $input)',
);
export const setShippingMethod = orderMutation(
  '$ids: [ID!]!',
  'setOrderShippingMethod(shippingMethodId: $ids)',
);
export const transition = orderMutation('$state: String!', 'transitionOrderToState(state: $state)');
export const pay = orderMutation('$input: PaymentInput!', 'addPaymentToOrder(input: $input)');

export const shippingMethods = `query { eligibleShippingMethods { id name priceWithTax } }`;
export const paymentMethods = `query { eligiblePaymentMethods { code isEligible } }`;

export const register = accountMutation(
  '$input: RegisterCustomerInput!',
  'registerCustomerAccount(input: $input)',
  'Success',
);
export const verify = accountMutation(
  '$token: String!, $password: String',
  'verifyCustomerAccount(token: $token, password: $password)',
  'CurrentUser',
);
export const login = accountMutation(
  '$username: String!, $password: String!',
  'login(username: $username, password: $password)',
  'CurrentUser',
);
export const logout = `mutation { logout { success } }`;
export const requestPasswordReset = accountMutation(
  '$emailAddress: String!',
  'requestPasswordReset(emailAddress: $emailAddress)',
  'Success',
);
export const resetPassword = accountMutation(
  '$token: String!, $password: String!',
  'resetPassword(token: $token, password: $password)',
  'CurrentUser',
);
export const createAddress = `
  mutation CreateAddress($input: CreateAddressInput!) { createCustomerAddress(input: $input) { id } }
`;
