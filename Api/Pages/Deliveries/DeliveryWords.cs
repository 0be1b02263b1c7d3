using MudBlazor;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>A line of the delivery log in words. Pure.</summary>
internal static class DeliveryWords
{
    public static string Of(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "Waiting",
        DeliveryStatus.Sent => "Sent",
        DeliveryStatus.Rejected => "Rejected",
        DeliveryStatus.DeadLettered => "Refused",
        _ => "Held back",
    };

    /// <summary>What the status means and what to do.</summary>
    public static string Meaning(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "It is kept and sent as soon as Ometria takes it.",
        DeliveryStatus.Sent => "Ometria accepted it.",
        DeliveryStatus.Rejected => "Ometria took the push and rejected this event. Mend what it says and send it again.",
        DeliveryStatus.DeadLettered => "Ometria refused this event by itself, so it was put aside and others went on. Mend what it says and send it again.",
        _ => "It was not sent: the event is not enabled any more, or it was too old and the connection says to skip such.",
    };

    public static Color ColorOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => Color.Info,
        DeliveryStatus.Sent => Color.Success,
        DeliveryStatus.Rejected or DeliveryStatus.DeadLettered => Color.Error,
        _ => Color.Default,
    };
}
