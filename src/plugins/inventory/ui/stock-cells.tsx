import { Field, PageLink, StatusBadge, usePermission, usePolledQuery } from '@tradewind/admin-ui-kit';
import React from 'react';
import type { StateText } from './stock-text';
import { LOCATIONS, READ_LOCATIONS, READ_ORDER, type Location, type Place } from './stock.query';

type Variant = Pick<Place, 'productId' | 'productVariantId' | 'sku' | 'productVariantName'>;

/** A variant's name, which leads to its page, and its SKU. */
export function VariantCell({ variant }: { variant: Variant }) {
  return (
    <>
      <PageLink to={`/catalog/products/${variant.productId}/variants/${variant.productVariantId}`}>
        {variant.productVariantName}
      </PageLink>
      <span className="tw-cell-note">{variant.sku}</span>
    </>
  );
}

/** An order's code, which leads to its page for those who may see that. */
export function OrderCell({ id, code }: { id: string | null; code: string | null }) {
  const maySee = usePermission(READ_ORDER);
  if (id === null || code === null) return <>–</>;
  return maySee ? <PageLink to={`/orders/${id}`}>{code}</PageLink> : <>{code}</>;
}

export function StateBadge({ state }: { state: StateText }) {
  return <StatusBadge tone={state.tone}>{state.text}</StatusBadge>;
}

/** A choice of locations, for those who may know which there are. */
export function LocationField(props: { value: string; onChange: (id: string) => void }) {
  return usePermission(READ_LOCATIONS) ? <LocationSelect {...props} /> : null;
}

function LocationSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { data } = usePolledQuery<{ stockLocations: { items: Location[] } }>(LOCATIONS, undefined);
  return (
    <Field label="Location">
      <select value={value} onChange={event => onChange(event.target.value)}>
        <option value="">All</option>
        {(data?.stockLocations.items ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
