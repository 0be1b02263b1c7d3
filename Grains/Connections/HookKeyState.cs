using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Connections;

internal sealed class HookKeyState
{
    public ConnectionKey? Connection { get; set; }
}
