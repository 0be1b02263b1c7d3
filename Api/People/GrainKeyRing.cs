using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using RechargeGrains.Protection;

namespace RechargeGrains.Api.People;

/// <summary>Keeps the keys of Data Protection in a grain, sealed like all state.</summary>
/// <remarks>The interface has no asynchronous form. It is called once a day and at the first cookie, so that a thread that waits does no harm.</remarks>
internal sealed class GrainKeyRing(IGrainFactory grains) : IXmlRepository
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(Ring().ListAsync()).Select(text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) =>
        Wait(Store(element, friendlyName));

    private async Task<bool> Store(XElement element, string friendlyName)
    {
        await Ring().StoreAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting));
        return true;
    }

    private static T Wait<T>(Task<T> task) => Task.Run(() => task.WaitAsync(Patience)).GetAwaiter().GetResult();

    private IKeyRingGrain Ring() => grains.GetGrain<IKeyRingGrain>(IKeyRingGrain.Key);
}
