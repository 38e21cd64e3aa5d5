/** `create_shipping_label` asks by the event `CreateShippingLabelRequested`. */
export function effectEventType(code: string): string {
  const name = code
    .split('_')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return `${name}Requested`;
}
