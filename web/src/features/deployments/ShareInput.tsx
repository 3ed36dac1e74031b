import { NumberInput } from '@mantine/core';

interface ShareInputProps {
  label: string;
  description?: string;
  /** 0 to 1. */
  share: number;
  least?: number;
  most?: number;
  onShare: (share: number) => void;
}

/** A share in per cent. */
export function ShareInput({ label, description, share, least = 0, most = 1, onShare }: ShareInputProps) {
  return (
    <NumberInput
      label={label} description={description} suffix=" %" min={least * 100} max={most * 100} decimalScale={2} maw={220} value={Math.round(share * 1e4) / 100}
      onChange={(value) => typeof value === 'number' && Number.isFinite(value) && onShare(Math.min(most, Math.max(least, value / 100)))}
    />
  );
}
