using RechargeGrains.Contacts;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>How the two contact fields are counted.</summary>
internal static class CountRules
{
    /// <summary>
    /// Active ones by status; the total is every subscription the customer ever had. Without any active one both are 0
    /// (the customer's text: cancelled and no other active subscription shows 0 in the Recharge fields).
    /// </summary>
    public static ContactNumbers Count(IEnumerable<SubscriptionSnapshot> subscriptions)
    {
        int total = 0, active = 0;
        foreach (var subscription in subscriptions)
        {
            total++;
            if (subscription.Status == SubscriptionStatus.Active)
                active++;
        }

        return active == 0 ? new ContactNumbers(0, 0) : new ContactNumbers(total, active);
    }
}
