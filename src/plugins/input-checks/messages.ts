/** What people read, by the keys that the rules give. */
export const messages = {
  error: {
    'address-street-missing': 'The address needs a street (streetLine1).',
    'text-too-long': 'The text for { field } is longer than { max } characters.',
    'text-with-control-characters': 'The text for { field } contains control characters.',
    'email-address-malformed': 'This is not an e-mail address.',
    'quantity-not-positive': 'The quantity must be at least 1.',
    'password-refused': 'The password is too short, too long or too easy to guess.',
  },
  message: {
    'order-needs-shipping-address': 'The order needs a shipping address with a street and a country.',
  },
};
