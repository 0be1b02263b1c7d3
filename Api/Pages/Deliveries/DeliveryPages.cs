using RechargeGrains.Api.Deliveries;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>
/// The pages of the delivery log as somebody leafs through them. What was read for another page or filter than the present one is not
/// shown, whenever it arrives; a reading that fails leaves everything as it was.
/// </summary>
/// <param name="read">Reads a page: the lines that match, from a place on, and the place of the next page.</param>
internal sealed class DeliveryPages(Func<DeliveryFilter, DeliveryCursor?, Task<(IReadOnlyList<DeliveryEntry> Entries, DeliveryCursor? Next)>> read)
{
    /// <summary>The places of the pages up to the one that is shown; the first begins at the newest.</summary>
    private IReadOnlyList<DeliveryCursor?> _places = [null];

    private DeliveryCursor? _next;
    private int _moves;
    private bool _isMoving;

    /// <summary>What the shown lines match.</summary>
    public DeliveryFilter Filter { get; private set; } = new();

    /// <summary>Null before the first reading.</summary>
    public IReadOnlyList<DeliveryEntry>? Entries { get; private set; }

    /// <summary>Of the page that is shown, from 1 on.</summary>
    public int Number => _places.Count;

    public bool HasNewer => Number > 1;

    public bool HasOlder => _next is not null;

    /// <summary>Shows the newest that match. What else is on its way is not wanted any more.</summary>
    public Task ShowAsync(DeliveryFilter filter) => MoveAsync(filter, [null]);

    /// <summary>Does nothing while another page is on its way.</summary>
    public Task OlderAsync() => _isMoving || !HasOlder ? Task.CompletedTask : MoveAsync(Filter, [.. _places, _next]);

    /// <inheritdoc cref="OlderAsync"/>
    public Task NewerAsync() => _isMoving || !HasNewer ? Task.CompletedTask : MoveAsync(Filter, [.. _places.SkipLast(1)]);

    /// <summary>Reads the newest page again. Older ones change little, and moving lines under somebody's eyes helps nobody.</summary>
    public async Task RefreshAsync()
    {
        if (_isMoving || HasNewer)
            return;
        var moves = _moves;
        var (entries, next) = await read(Filter, null);
        if (moves == _moves)
            (Entries, _next) = (entries, next);
    }

    private async Task MoveAsync(DeliveryFilter filter, IReadOnlyList<DeliveryCursor?> places)
    {
        var move = ++_moves;
        _isMoving = true;
        try
        {
            var (entries, next) = await read(filter, places[^1]);
            if (move == _moves)
                (Filter, _places, Entries, _next) = (filter, places, entries, next);
        }
        finally
        {
            if (move == _moves)
                _isMoving = false;
        }
    }
}
