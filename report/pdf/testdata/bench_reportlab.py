"""The bench table with reportlab: python3 bench_reportlab.py rows.json FONTDIR."""

import io
import json
import sys

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

MM = 72 / 25.4


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        data = json.load(f)
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, "%s/NotoSansSC-%s.ttf" % (sys.argv[2], name)))
    plain = ParagraphStyle("plain", fontName="Regular", fontSize=9, leading=12.6, wordWrap="CJK")
    bold = ParagraphStyle("bold", parent=plain, fontName="Bold")
    heads = ["序号", "条款", "要求", "结论", "得分", "佐证材料"]
    rows = [[Paragraph(h, bold) for h in heads]]
    for cells in data["rows"]:
        # The font has no tick box; this package makes one of two signs.
        rows.append([Paragraph(c.replace("☑", "□"), bold if k == 1 else plain) for k, c in enumerate(cells)])
    total = sum(data["widths"])
    width = A4[0] - 45 * MM
    table = Table(rows, colWidths=[width * w / total for w in data["widths"]], repeatRows=1)
    table.setStyle(TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#E3E0D8")),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#F3EFE6")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 3.5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3.5),
    ]))
    out = io.BytesIO()
    doc = SimpleDocTemplate(out, pagesize=A4, leftMargin=25 * MM, rightMargin=20 * MM, topMargin=26 * MM, bottomMargin=22 * MM)
    doc.build([table])
    sys.stdout.buffer.write(out.getvalue())


main()
