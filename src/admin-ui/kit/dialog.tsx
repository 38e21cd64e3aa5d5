import React, { useId, useLayoutEffect, useRef, type PropsWithChildren, type ReactNode } from 'react';

/**
 * A window above the page. The browser's own: it keeps the focus inside, closes by Escape, and gives the focus back
 * to where it was.
 *
 * @param actions the buttons at its foot, beside the one that closes it
 */
export function Dialog(
  props: PropsWithChildren<{
    title: string;
    onClose: () => void;
    /** The text of the button that closes it. */
    closeLabel?: string;
    actions?: ReactNode;
    /** For tables and long texts. */
    wide?: boolean;
  }>,
) {
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const onClose = useRef(props.onClose);
  onClose.current = props.onClose;

  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    const before = document.activeElement;
    // Escape closes it through the page's state, like the button.
    const cancel = (event: Event) => {
      event.preventDefault();
      onClose.current();
    };
    element.addEventListener('cancel', cancel);
    element.showModal();
    return () => {
      element.removeEventListener('cancel', cancel);
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={props.wide === true ? 'tw-dialog tw-dialog-wide' : 'tw-dialog'}
      aria-labelledby={titleId}
    >
      <h2 id={titleId}>{props.title}</h2>
      <div className="tw-dialog-body">{props.children}</div>
      <div className="tw-actions tw-dialog-foot">
        <button type="button" className="button" onClick={props.onClose}>
          {props.closeLabel ?? 'Close'}
        </button>
        {props.actions}
      </div>
    </dialog>
  );
}
