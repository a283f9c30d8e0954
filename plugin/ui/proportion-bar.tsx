/**
 * Renders a bar whose length is a share, 0 to 1. A screen reader skips the bar, so the number must
 * stand beside it.
 */
export function ProportionBar({ share }: { share: number }) {
  return (
    <svg class="proportion-bar" aria-hidden="true" width="100%" height="6">
      <rect class="whole" width="100%" height="6" rx="3" />
      <rect class="share" width={`${share * 100}%`} height="6" rx="3" />
    </svg>
  );
}
