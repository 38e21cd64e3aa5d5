import { PageBlock, usePageMetadata } from '@vendure/admin-ui/react';
import React, { useEffect, type PropsWithChildren, type ReactNode } from 'react';

/**
 * The frame of a page of ours: sets the title and the breadcrumb, and puts what the page has to say about itself
 * (how old its figures are, what can be done) into one row above the content.
 */
export function StaffPage({ title, bar, children }: PropsWithChildren<{ title: string; bar?: ReactNode }>) {
  const { setTitle, setBreadcrumb } = usePageMetadata();
  useEffect(() => {
    setTitle(title);
    setBreadcrumb(title);
  }, [title]);
  return (
    <PageBlock>
      <div className="tw-page">
        {bar !== undefined && <div className="tw-page-bar">{bar}</div>}
        {children}
      </div>
    </PageBlock>
  );
}
