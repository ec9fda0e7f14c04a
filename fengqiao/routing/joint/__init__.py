"""联合办理（1+N；呼、分、联、销；吹哨报到）: one dispute, a child task for each called body."""
