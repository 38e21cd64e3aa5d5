import React, { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface Tab {
  id: string;
  label: string;
  content: () => ReactNode;
}

/** Parts of a page of which one is seen. The arrow keys, Home and End move between the tabs. */
export function Tabs(props: {
  label: string;
  tabs: readonly Tab[];
  active: string;
  onChange: (id: string) => void;
}) {
  const { label, tabs, active, onChange } = props;
  const prefix = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = tabs.find(tab => tab.id === active) ?? tabs[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, tabs.indexOf(current as Tab), tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || tab === undefined) return;
    event.preventDefault();
    onChange(tab.id);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  return (
    <>
      <div ref={list} className="tw-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            aria-selected={id === current?.id}
            aria-controls={`${prefix}-panel`}
            tabIndex={id === current?.id ? 0 : -1}
            onClick={() => onChange(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div id={`${prefix}-panel`} role="tabpanel" aria-labelledby={`${prefix}-${current?.id}`}>
        {current?.content()}
      </div>
    </>
  );
}

/** Where a key leads in a row of `count`: the ends meet. */
function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
