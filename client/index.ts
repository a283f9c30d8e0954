import type { Doorknock, DoorknockCall } from "../plugin/host/doorknock.ts";
import type { InitOptions } from "../plugin/host/host.ts";
import type { DoorknockOptions } from "./element.ts";

export type { AutoInjectOptions, TabOptions } from "../plugin/embed/embed.ts";
export type { PageFinding } from "../plugin/host/doctor.ts";
export type { Doorknock, DoorknockCall } from "../plugin/host/doorknock.ts";
export type { Appearance, DoorknockEventDetail, DoorknockEventType } from "../plugin/host/host.ts";
export type { HostErrorCode } from "../plugin/host/host-errors.ts";
export type { DoorknockCampaignsElement, DoorknockEventMap, DoorknockOptions } from "./element.ts";

/** The attributes of the loader's script tag. */
export type LoaderTag = {
  /** The address of the loader, such as `https://doorknock.example.com/v1/loader.js`. */
  src: string;
  /** The hash of a pinned version's loader, as its file `integrity.json` lists it. */
  integrity?: string;
  /** The nonce of the page's Content Security Policy, if scripts need one. */
  nonce?: string;
};

const loading = new Map<string, Promise<Doorknock>>();

/**
 * Adds the loader to the page, once for each address.
 * @returns `window.Doorknock`, once the loader has arrived
 */
export function loadDoorknock({ src, integrity, nonce }: LoaderTag): Promise<Doorknock> {
  const known = loading.get(src);
  if (known !== undefined) return known;
  const loaded = new Promise<Doorknock>((resolve, reject) => {
    const script = document.createElement("script");
    script.async = true;
    if (nonce !== undefined) script.nonce = nonce;
    if (integrity !== undefined) {
      script.integrity = integrity;
      script.crossOrigin = "anonymous";
    }
    script.onload = () => {
      const { Doorknock } = window;
      if (Doorknock === undefined || Array.isArray(Doorknock))
        reject(new Error(`${src} is not the loader of Doorknock.`));
      else resolve(Doorknock);
    };
    script.onerror = () => {
      // A later call tries again.
      loading.delete(src);
      script.remove();
      reject(new Error(`${src} could not be loaded.`));
    };
    script.src = src;
    document.head.append(script);
  });
  loading.set(src, loaded);
  return loaded;
}

/**
 * Calls `Doorknock.init` as soon as the loader is in the page, in whatever order both come. Does
 * nothing on a server, so that a component may call this function while it renders.
 */
export function initDoorknock<Property extends object = never, Contact extends object = never>(
  options: DoorknockOptions<Property, Contact>,
): void {
  call(["init", options as InitOptions]);
}

/** Ends the agent's session with its requests, drafts and screens. */
export function logoutDoorknock(): void {
  call(["logout"]);
}

function call(one: DoorknockCall): void {
  if (typeof window === "undefined") return;
  const { Doorknock: present } = window;
  if (present === undefined) window.Doorknock = [one];
  else present.push(one);
}
