import type { JsonRecord } from "../../host/mapping.ts";

const mostPhotos = 12;

type Json = JsonRecord[string];

/**
 * Returns the URL in a photo's record, from RESO's field `MediaURL` or from a field like `url` or
 * `src`. A text that is a URL is returned as it is. Returns null for any other value.
 */
function readPhoto(value: Json): string | null {
  if (typeof value === "string") return /^https?:\/\/\S+$/i.test(value) ? value : null;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const found = ["mediaUrl", "mediaURL", "url", "src", "href"].map((name) => value[name]);
  return (
    found.map((one) => (typeof one === "string" ? readPhoto(one) : null)).find((one) => one !== null) ?? null
  );
}

/**
 * Returns the URLs of the property's photos, at most `mostPhotos`, from every field of the host's
 * record with a name such as `photos` or `Media`.
 */
export function listPhotoUrls(property: JsonRecord): readonly string[] {
  const given = Object.entries(property)
    .filter(([name]) => /photo|media|image|picture/i.test(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .map(readPhoto)
    .filter((src) => src !== null);
  return [...new Set(given)].slice(0, mostPhotos);
}
