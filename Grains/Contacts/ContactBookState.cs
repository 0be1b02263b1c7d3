namespace RechargeGrains.Grains.Contacts;

internal sealed class ContactBookState
{
    public long Sent { get; set; }

    public long Rejected { get; set; }
}
