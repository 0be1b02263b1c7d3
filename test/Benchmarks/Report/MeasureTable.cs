using Spectre.Console;

namespace RechargeGrains.Benchmarks.Report;

/// <summary>Rows of figures, for the screen and for the page.</summary>
internal sealed class MeasureTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Show(string title)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(title);
        table.AddColumns([.. columns.Select(column => new TableColumn(column))]);
        foreach (var row in _rows)
            table.AddRow(row);
        AnsiConsole.Write(table);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line(columns);
        Line([.. columns.Select(_ => "---")]);
        _rows.ForEach(Line);
        return text.ToString();

        void Line(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
    }
}
