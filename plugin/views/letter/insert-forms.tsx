import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JsonRecord } from "../../host/mapping.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { listPhotoUrls } from "./photos.ts";

/**
 * Turns a typed web address, email address or phone number into a link's address; null for any
 * other text.
 */
export function completeLinkAddress(typed: string): string | null {
  const text = typed.trim();
  if (/^(?:https?:\/\/|mailto:|tel:)\S+$/i.test(text) || /^\{\{[^{}]+\}\}$/.test(text)) return text;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return `mailto:${text}`;
  if (/^\+?[\d\s().-]{7,20}$/.test(text)) return `tel:${text.replace(/[^\d+]/g, "")}`;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?$/i.test(text) ? `https://${text}` : null;
}

type FormProps = {
  label: string;
  onClose: () => void;
  children: ComponentChildren;
  onSubmit: () => void;
};

/**
 * Shows a small form above the letter's text. Enter submits the form. Escape closes the form, but
 * not the host's drawer.
 */
function InsertForm({ label, onClose, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFieldSetElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const answerKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <fieldset ref={form} class="insert-form" aria-label={label} onKeyDown={answerKey}>
      {children}
    </fieldset>
  );
}

type LinkProps = {
  href: string | null;
  onSet: (href: string) => void;
  onRemove: () => void;
  onClose: () => void;
};

export function LinkForm({ href, onSet, onRemove, onClose }: LinkProps) {
  const [typed, setTyped] = useState(href ?? "");
  const [isWrong, setIsWrong] = useState(false);
  const submit = () => {
    const address = completeLinkAddress(typed);
    setIsWrong(address === null);
    if (address !== null) onSet(address);
  };
  return (
    <InsertForm label={say("Link")} onClose={onClose} onSubmit={submit}>
      <label class="field">
        <span>{say("Web address, email address or phone number")}</span>
        <input
          type="text"
          maxLength={2_000}
          value={typed}
          aria-invalid={isWrong ? "true" : undefined}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      {isWrong && (
        <p class="fine missing" role="alert">
          {say("This isn’t a web address. Write it like example.com/page.")}
        </p>
      )}
      <div class="form-actions">
        <Button kind="primary" onClick={submit}>
          {href === null ? say("Add the link") : say("Change the link")}
        </Button>
        {href !== null && <Button onClick={onRemove}>{say("Remove the link")}</Button>}
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </InsertForm>
  );
}

function PhotoChoice({ property, onPick }: { property: JsonRecord; onPick: (src: string) => void }) {
  const photos = listPhotoUrls(property);
  if (photos.length === 0) return null;
  return (
    <fieldset class="photos" aria-label={say("Photos of the property")}>
      {photos.map((src, index) => (
        <button
          type="button"
          key={src}
          aria-label={say("Photo {index}", { index: index + 1 })}
          onClick={() => onPick(src)}
        >
          <img src={src} alt="" loading="lazy" />
        </button>
      ))}
    </fieldset>
  );
}

type ImageProps = { onSet: (src: string, alt: string) => void; onClose: () => void };

export function ImageForm({ onSet, onClose }: ImageProps) {
  const { property } = useSession();
  const [src, setSrc] = useState("");
  const [alt, setAlt] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const submit = () => {
    const address = completeLinkAddress(src);
    const isImage = address !== null && /^https?:/i.test(address);
    setIsWrong(!isImage);
    if (isImage) onSet(address, alt.trim());
  };
  return (
    <InsertForm label={say("Image")} onClose={onClose} onSubmit={submit}>
      <PhotoChoice property={property.value} onPick={setSrc} />
      <label class="field">
        <span>{say("Web address of the image")}</span>
        <input
          type="text"
          maxLength={2_000}
          value={src}
          aria-invalid={isWrong ? "true" : undefined}
          onInput={({ currentTarget }) => setSrc(currentTarget.value)}
        />
      </label>
      {isWrong && (
        <p class="fine missing" role="alert">
          {say("This isn’t a web address. Write it like https://example.com/house.jpg.")}
        </p>
      )}
      <label class="field">
        <span>{say("What it shows, for people who don’t see images")}</span>
        <input
          type="text"
          maxLength={200}
          value={alt}
          onInput={({ currentTarget }) => setAlt(currentTarget.value)}
        />
      </label>
      <div class="form-actions">
        <Button kind="primary" onClick={submit}>
          {say("Add the image")}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </InsertForm>
  );
}
